/** Recovery codes as text: made here, kept as HMAC only, shown once. Never logged, never in an error. */
import { createHmac, randomInt } from "node:crypto";
import { LIMITS } from "@pli/core/wire";
import type { Services } from "../../services.ts";

/** No letter or digit that looks like another one. */
const ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
/** Two groups: 49 bits, tried five times a quarter of an hour. */
const CHARACTERS = 10;

/** Such as `K7Q4M-2XWPD`. */
export function newRecoveryCodes(): readonly string[] {
  const codes = new Set<string>();
  while (codes.size < LIMITS.recoveryCodes) {
    let code = "";
    for (let i = 0; i < CHARACTERS; i++) code += ALPHABET[randomInt(ALPHABET.length)];
    codes.add(`${code.slice(0, CHARACTERS / 2)}-${code.slice(CHARACTERS / 2)}`);
  }
  return [...codes];
}

/** Found by whoever holds the database only with the key that is not in it. @param code as typed: case, spaces and dashes do not count */
export function recoveryHmac({ keys }: Pick<Services, "keys">, memberId: string, code: string): string {
  const plain = code.replace(/[^\p{L}\p{N}]/gu, "").toUpperCase();
  return createHmac("sha256", keys.derive("recovery-codes")).update(`${memberId}\n${plain}`).digest("base64url");
}
