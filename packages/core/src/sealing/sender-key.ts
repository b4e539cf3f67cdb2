/**
 * What a sender keeps for themself of one envelope (spec: protocol.md Z12): the content key, the summary for their list, each grant's link
 * secret. One fresh sender key per envelope is sealed to the sender's public key by HPKE; the values are sealed under it:
 *
 *     own key = HKDF-SHA256(sender key, salt = envelope id, info = "pli/1/self/" ‖ purpose, 32 bytes)
 *     sealed  = nonce (12, random) ‖ AES-256-GCM(own key, nonce, value, associated data = envelope id, or grant id for a link)
 *
 * Ids are taken as text, UTF-8. Each value is a ciphertext of its own, so that each can be erased alone (Z8): never put two into one.
 */
import { concatBytes, utf8 } from "../bytes.ts";
import { PliError } from "../errors.ts";
import { INFO_SELF, openSealed, sealTo } from "./hpke.ts";
import { asSenderKey, type SenderKey } from "./keys.ts";
import type { Aead, CryptoProvider } from "./provider.ts";

/** `key`: the content key; `summary`: what the sender's list shows; `link`: one grant's link secret. */
export type OwnPurpose = "key" | "summary" | "link";

/** Where an own value belongs; at another place it does not open. */
export interface OwnPlace {
  readonly envelopeId: string;
  readonly purpose: OwnPurpose;
  /** Of a `link`, and of nothing else. */
  readonly grantId?: string;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals an envelope's sender key to the sender. @returns 1168 bytes. @throws PliError `bad_input` when the public key is not one */
export function sealSenderKey(
  crypto: CryptoProvider,
  options: { readonly publicKey: Uint8Array; readonly envelopeId: string; readonly senderKey: SenderKey },
): Promise<Uint8Array> {
  const { publicKey, envelopeId: associatedData, senderKey: plaintext } = options;
  return sealTo(crypto, { publicKey, info: INFO_SELF, associatedData, plaintext });
}

/** @throws PliError `integrity` when it was changed, or made for another keyring or envelope */
export async function openSenderKey(
  crypto: CryptoProvider,
  options: { readonly kemPrivate: Uint8Array; readonly envelopeId: string; readonly sealed: Uint8Array },
): Promise<SenderKey> {
  const { kemPrivate, envelopeId: associatedData, sealed } = options;
  const key = await openSealed(crypto, { kemPrivate, info: INFO_SELF, associatedData, sealed });
  if (key.length !== KEY_BYTES) throw new PliError("integrity");
  return asSenderKey(key);
}

async function ownAead(
  crypto: CryptoProvider,
  senderKey: SenderKey,
  place: OwnPlace,
): Promise<{ aead: Aead; associatedData: Uint8Array }> {
  const { envelopeId, purpose, grantId } = place;
  if ((purpose === "link") !== (grantId !== undefined)) throw new PliError("bad_input");
  const key = await crypto.hkdfSha256(senderKey, utf8(envelopeId), `pli/1/self/${purpose}`, KEY_BYTES);
  return { aead: await crypto.aes256Gcm(key), associatedData: utf8(grantId ?? envelopeId) };
}

/** @returns nonce ‖ ciphertext ‖ tag: 28 bytes more than `value`. @throws PliError `bad_input` when place and purpose do not go together */
export async function sealOwn(
  crypto: CryptoProvider,
  senderKey: SenderKey,
  place: OwnPlace,
  value: Uint8Array,
): Promise<Uint8Array> {
  const { aead, associatedData } = await ownAead(crypto, senderKey, place);
  // Safe: random, and one key seals one value, or the links of at most some hundred grants.
  const nonce = crypto.randomBytes(NONCE_BYTES);
  return concatBytes(nonce, await aead.seal(nonce, value, associatedData));
}

/** @throws PliError `integrity` when it was changed, or made for another envelope, grant or purpose */
export async function openOwn(
  crypto: CryptoProvider,
  senderKey: SenderKey,
  place: OwnPlace,
  sealed: Uint8Array,
): Promise<Uint8Array> {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new PliError("integrity");
  const { aead, associatedData } = await ownAead(crypto, senderKey, place);
  return aead.open(sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES), associatedData);
}
