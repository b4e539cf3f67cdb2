/**
 * Grants (spec: protocol.md Z5 to Z7): one recipient's right to the content key.
 *
 *     input    = link secret ‖ (empty, or the 32-byte Argon2id hash of the password)
 *     KEK      = HKDF-SHA256(input, salt = grant id, info = "pli/1/grant", 32 bytes)
 *     verifier = the same with info = "pli/1/verifier"; the server keeps its SHA-256
 *     wrapped  = nonce (12) ‖ AES-256-GCM(KEK, nonce, content key, associated data = grant id)
 *
 * Only the verifier, its digest and the wrapped key may ever go to a server.
 */
import { concatBytes, fromBase64url, toBase64url } from "../bytes.ts";
import { PliError } from "../errors.ts";
import { asContentKey, type ContentKey } from "./keys.ts";
import { type PasswordParams, stretchPassword } from "./password-hash.ts";
import type { CryptoProvider } from "./provider.ts";

const ID_BYTES = 16;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + 16;

/**
 * What the holder of a link (and of the password) derives: the key to unwrap with, kept, and the verifier, sent.
 * @returns `kek` 32 bytes, `verifier` base64url of 32 bytes
 * @throws PliError `bad_input` when only one of password and parameters is there, or the parameters are out of bounds
 */
export async function deriveGrantKeys(
  crypto: CryptoProvider,
  grant: {
    readonly grantId: string;
    readonly linkSecret: string;
    readonly password?: string;
    readonly passwordParams?: PasswordParams;
  },
): Promise<{ kek: Uint8Array; verifier: string }> {
  const { password, passwordParams } = grant;
  if ((password === undefined) !== (passwordParams === undefined)) {
    throw new PliError("bad_input", { details: { field: "password" } });
  }
  const id = fromBase64url(grant.grantId, ID_BYTES);
  const secret = fromBase64url(grant.linkSecret, KEY_BYTES);
  const stretched =
    password === undefined || passwordParams === undefined
      ? new Uint8Array(0)
      : await stretchPassword(crypto, password, passwordParams);
  const input = concatBytes(secret, stretched);
  const kek = await crypto.hkdfSha256(input, id, "pli/1/grant", KEY_BYTES);
  const verifier = await crypto.hkdfSha256(input, id, "pli/1/verifier", KEY_BYTES);
  return { kek, verifier: toBase64url(verifier) };
}

/** The content key out of a grant. @throws PliError `integrity` when the wrapped key, the id or the KEK is not the one it was made with */
export async function unwrapContentKey(
  crypto: CryptoProvider,
  grant: { readonly grantId: string; readonly kek: Uint8Array; readonly wrappedKey: string },
): Promise<ContentKey> {
  let id: Uint8Array;
  let wrapped: Uint8Array;
  try {
    id = fromBase64url(grant.grantId, ID_BYTES);
    wrapped = fromBase64url(grant.wrappedKey, WRAPPED_BYTES);
  } catch {
    throw new PliError("integrity");
  }
  const aead = await crypto.aes256Gcm(grant.kek);
  return asContentKey(await aead.open(wrapped.subarray(0, NONCE_BYTES), wrapped.subarray(NONCE_BYTES), id));
}
