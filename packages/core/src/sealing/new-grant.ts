/** A new grant (spec: protocol.md Z5 to Z7; the format is in grants.ts). Apart from opening one: who only opens need not load it. */
import { concatBytes, fromBase64url, toBase64url } from "../bytes.ts";
import { deriveGrantKeys } from "./grants.ts";
import { asLinkSecret, type ContentKey, type LinkSecret } from "./keys.ts";
import { newPasswordParams } from "./new-password.ts";
import type { PasswordParams } from "./password-hash.ts";
import type { Argon2Cost, CryptoProvider } from "./provider.ts";

const ID_BYTES = 16;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;

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
