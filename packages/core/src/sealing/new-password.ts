/** What a new password is stretched by (spec: protocol.md Z6). Apart from stretching one: who only opens need not load it. */
import { toBase64url } from "../bytes.ts";
import { checkArgon2Cost, type PasswordParams } from "./password-hash.ts";
import type { Argon2Cost, CryptoProvider } from "./provider.ts";

const SALT_BYTES = 16;
/** What new passwords get. */
export const ARGON2_DEFAULT: Argon2Cost = { memoryKiB: 65_536, passes: 3, lanes: 1 };

/** Fresh parameters: a random salt and the cost. */
export function newPasswordParams(crypto: CryptoProvider, cost: Argon2Cost = ARGON2_DEFAULT): PasswordParams {
  checkArgon2Cost(cost);
  const { memoryKiB, passes, lanes } = cost;
  return { salt: toBase64url(crypto.randomBytes(SALT_BYTES)), memoryKiB, passes, lanes };
}
