/**
 * What is said in a message's conversation (spec: messages.md M24; protocol.md Z13): replies of one recipient and answers of the sender, read
 * by both. Each is an envelope of its own under a fresh content key, which is wrapped for the grant it belongs to:
 *
 *     thread key = HKDF-SHA256(message's content key ‖ link secret, salt = grant id, info = "pli/1/thread", 32 bytes)
 *     wrapped    = nonce (12, random) ‖ AES-256-GCM(thread key, nonce, content key, associated data = envelope id of the reply, UTF-8)
 *
 * Both sides have both halves: the recipient by opening (with the password, where there is one), the sender by the keyring (Z12). Other
 * recipients of the message lack the link secret, the server lacks both. Never wrap anything for a grant with the content key alone.
 */
import { concatBytes, fromBase64url, toBase64url, utf8 } from "../bytes.ts";
import { PliError } from "../errors.ts";
import { asContentKey, type ContentKey } from "./keys.ts";
import type { Aead, CryptoProvider } from "./provider.ts";

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + 16;

/** The conversation of one grant: what both its sides know. */
export interface Thread {
  /** 16 bytes, base64url */
  readonly grantId: string;
  /** 32 bytes, base64url */
  readonly linkSecret: string;
  /** Of the message that the grant opens. */
  readonly messageKey: ContentKey;
}

async function threadAead(crypto: CryptoProvider, thread: Thread): Promise<Aead> {
  const input = concatBytes(thread.messageKey, fromBase64url(thread.linkSecret, KEY_BYTES));
  const salt = fromBase64url(thread.grantId, 16);
  return crypto.aes256Gcm(await crypto.hkdfSha256(input, salt, "pli/1/thread", KEY_BYTES));
}

/** @returns base64url of 60 bytes. @throws PliError `bad_input` when id or secret are none */
export async function wrapForThread(
  crypto: CryptoProvider,
  thread: Thread,
  said: { readonly envelopeId: string; readonly contentKey: ContentKey },
): Promise<string> {
  const aead = await threadAead(crypto, thread);
  // Safe: random, and one grant's conversation has some thousand entries at most.
  const nonce = crypto.randomBytes(NONCE_BYTES);
  return toBase64url(concatBytes(nonce, await aead.seal(nonce, said.contentKey, utf8(said.envelopeId))));
}

/** @throws PliError `integrity` when it was changed, or belongs to another grant, message or envelope */
export async function unwrapFromThread(
  crypto: CryptoProvider,
  thread: Thread,
  said: { readonly envelopeId: string; readonly wrappedKey: string },
): Promise<ContentKey> {
  let wrapped: Uint8Array;
  try {
    wrapped = fromBase64url(said.wrappedKey, WRAPPED_BYTES);
  } catch {
    throw new PliError("integrity");
  }
  const aead = await threadAead(crypto, thread);
  const key = await aead.open(wrapped.subarray(0, NONCE_BYTES), wrapped.subarray(NONCE_BYTES), utf8(said.envelopeId));
  return asContentKey(key);
}
