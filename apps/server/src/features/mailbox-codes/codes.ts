/** Codes and references as text: made here, compared as HMAC only. Never logged, never in an error. */
import { createHmac, randomInt } from "node:crypto";
import { LIMITS } from "@pli/core/wire";
import type { Services } from "../../services.ts";

/** No letters or digits that are read as one another. */
const LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ";
const DIGITS = "2346789";

export function newCode(digits: number = LIMITS.codeDigits): string {
  return String(randomInt(10 ** digits)).padStart(digits, "0");
}

/** Such as `K7 Q4`: to match mail and page. Not a secret. */
export function newReference(): string {
  const pick = (alphabet: string) => alphabet[randomInt(alphabet.length)];
  return `${pick(LETTERS)}${pick(DIGITS)} ${pick(LETTERS)}${pick(DIGITS)}`;
}

/** Eight digits, or six, are quickly tried by whoever holds the database: the key that is not in it stands before that. */
export function codeHmac(services: Services, address: string, code: string): string {
  return createHmac("sha256", services.keys.derive("mailbox-codes")).update(`${address}\n${code}`).digest("base64url");
}
