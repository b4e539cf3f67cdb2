/**
 * Passwords stretched by Argon2id version 1.3 (RFC 9106; spec: protocol.md Z6): Unicode NFKC, UTF-8, 16-byte random salt. The cost
 * comes with the data, so it is bounded on reading: too cheap would let a lying server guess, too dear would hang the reader.
 */
import { fromBase64url, utf8 } from "../bytes.ts";
import { PliError } from "../errors.ts";
import type { PasswordParams } from "../wire/account.ts";
import type { Argon2Cost, CryptoProvider } from "./provider.ts";

export type { PasswordParams } from "../wire/account.ts";

const SALT_BYTES = 16;
/** For a device that cannot do more; a reader refuses less. */
export const ARGON2_LEAST: Argon2Cost = { memoryKiB: 19_456, passes: 2, lanes: 1 };
/** A reader refuses more: a phone still does this in seconds, and a lying server can ask for no worse. */
export const ARGON2_MOST: Argon2Cost = { memoryKiB: 262_144, passes: 8, lanes: 1 };

function bounded(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most;
}

/** @throws PliError `bad_input` when the cost is below the least or above the most we accept */
export function checkArgon2Cost(cost: Argon2Cost): void {
  const fine =
    bounded(cost.memoryKiB, ARGON2_LEAST.memoryKiB, ARGON2_MOST.memoryKiB) &&
    bounded(cost.passes, ARGON2_LEAST.passes, ARGON2_MOST.passes) &&
    cost.lanes === 1;
  if (!fine) throw new PliError("bad_input", { details: { field: "passwordParams" } });
}

/**
 * 32 bytes of `password`.
 * @throws PliError `bad_input` when the password is empty or the parameters are out of bounds
 */
export async function stretchPassword(
  crypto: CryptoProvider,
  password: string,
  params: PasswordParams,
): Promise<Uint8Array> {
  checkArgon2Cost(params);
  const salt = fromBase64url(params.salt, SALT_BYTES);
  const normalised = utf8(password.normalize("NFKC"));
  if (normalised.length === 0) throw new PliError("bad_input", { details: { field: "password" } });
  return crypto.argon2id(normalised, salt, params);
}
