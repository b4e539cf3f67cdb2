/** What the sender keeps of an envelope, as the wire carries it (spec: protocol.md Z12): base64url in and out. */
import { fromBase64url, toBase64url } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import type { CryptoProvider, KeyringKeys, OwnPlace, SenderKey } from "@pli/core/sealing";
import { openOwn, openSenderKey, sealOwn, sealSenderKey } from "@pli/core/sealing";
import type { Account, Envelope } from "@pli/core/wire";

/** An envelope's sender key, in clear: never leaves the device. */
export interface Own {
  readonly envelopeId: string;
  readonly senderKey: SenderKey;
}
/** Which of the values: the content key, the summary, or the link of a grant. */
export type OwnValue = "key" | "summary" | { readonly link: string };

function placeOf({ envelopeId }: Own, value: OwnValue): OwnPlace {
  return typeof value === "string"
    ? { envelopeId, purpose: value }
    : { envelopeId, purpose: "link", grantId: value.link };
}

/** The sender key, sealed to its sender: the one value of an envelope that costs an encapsulation. */
export async function sealSelf(
  crypto: CryptoProvider,
  keyring: Pick<NonNullable<Account["keyring"]>, "kemPublic">,
  own: Own,
): Promise<string> {
  return toBase64url(await sealSenderKey(crypto, { ...own, publicKey: fromBase64url(keyring.kemPublic) }));
}

/** @throws PliError `integrity` when it was changed or is another's; `destroyed` when there is none */
export async function openSelf(
  crypto: CryptoProvider,
  { kemPrivate }: Pick<KeyringKeys, "kemPrivate">,
  envelope: Pick<Envelope, "envelopeId" | "sealedSenderKey">,
): Promise<Own> {
  const { envelopeId, sealedSenderKey } = envelope;
  if (sealedSenderKey === undefined) throw new PliError("destroyed");
  const sealed = fromBase64url(sealedSenderKey);
  return { envelopeId, senderKey: await openSenderKey(crypto, { kemPrivate, envelopeId, sealed }) };
}

export async function sealOwnText(
  crypto: CryptoProvider,
  own: Own,
  value: OwnValue,
  plaintext: Uint8Array,
): Promise<string> {
  return toBase64url(await sealOwn(crypto, own.senderKey, placeOf(own, value), plaintext));
}

/** @throws PliError `integrity`; `destroyed` when there is none */
export async function openOwnText(
  crypto: CryptoProvider,
  own: Own,
  value: OwnValue,
  sealed: string | undefined,
): Promise<Uint8Array> {
  if (sealed === undefined) throw new PliError("destroyed");
  return openOwn(crypto, own.senderKey, placeOf(own, value), fromBase64url(sealed));
}
