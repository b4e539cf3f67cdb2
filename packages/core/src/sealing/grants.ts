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
import { asContentKey, asLinkSecret, type ContentKey, type LinkSecret } from "./keys.ts";
import { newPasswordParams, type PasswordParams, stretchPassword } from "./password-hash.ts";
import type { Argon2Cost, CryptoProvider } from "./provider.ts";

const ID_BYTES = 16;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + 16;

/** A new grant; binary values base64url, as on the wire. */
export interface NewGrant {
  readonly grantId: string;
  /** Goes into the link's fragment, and nowhere near a server but for Z15. */
  readonly linkSecret: LinkSecret;
  readonly wrappedKey: string;
  readonly verifierSha256: string;
  /** Present exactly when there is a password. */
  readonly passwordParams?: PasswordParams;
}

/**
 * Makes a grant under a fresh id and link secret.
 * @param options.password any non-empty text
 * @param options.argon2 cost, by default 64 MiB and 3 passes
 * @throws PliError `bad_input` on an empty password or a cost out of bounds
 */
export async function createGrant(
  crypto: CryptoProvider,
  options: { readonly contentKey: ContentKey; readonly password?: string; readonly argon2?: Argon2Cost },
): Promise<NewGrant> {
  const id = crypto.randomBytes(ID_BYTES);
  const grantId = toBase64url(id);
  const linkSecret = asLinkSecret(toBase64url(crypto.randomBytes(KEY_BYTES)));
  const { password } = options;
  const protection =
    password === undefined ? {} : { password, passwordParams: newPasswordParams(crypto, options.argon2) };
  const { kek, verifier } = await deriveGrantKeys(crypto, { grantId, linkSecret, ...protection });
  // Safe: the key is fresh, so its one random nonce cannot have been used before.
  const nonce = crypto.randomBytes(NONCE_BYTES);
  const aead = await crypto.aes256Gcm(kek);
  const wrapped = concatBytes(nonce, await aead.seal(nonce, options.contentKey, id));
  return {
    grantId,
    linkSecret,
    wrappedKey: toBase64url(wrapped),
    verifierSha256: toBase64url(await crypto.sha256(fromBase64url(verifier))),
    ...("passwordParams" in protection ? { passwordParams: protection.passwordParams } : {}),
  };
}

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
