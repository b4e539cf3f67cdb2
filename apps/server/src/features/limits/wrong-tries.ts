/** Wrong verifiers at one link (Z7, Q8): what is compared, and for how long a wrong one shuts the door. */
import { createHash, timingSafeEqual } from "node:crypto";
import { fromBase64url } from "@pli/core/bytes";
import { LIMITS } from "@pli/core/wire";

/** How long it is locked the first time, the second, and from then on. */
const LOCKS_MS = [LIMITS.passwordLockMinutes * 60_000, 3_600_000, 24 * 3_600_000] as const;
/** So many wrong passwords in all, over openings too: then it stays locked for its life. */
const WRONG_PASSWORDS_MAX = 50;

/** SHA-256 of what was sent against what is stored, in constant time. Both base64url of 32 bytes. */
export function verifierMatches(verifier: string, storedSha256: string): boolean {
  const given = createHash("sha256").update(fromBase64url(verifier, 32)).digest();
  return timingSafeEqual(given, fromBase64url(storedSha256, 32));
}

/**
 * For how long this wrong try locks; null when it does not. Only a password can be guessed: where there is none the verifier comes
 * from the link's 256 bits, and longer locks would only serve those who want its holder shut out.
 * @param wrong.tries since the last lock, this one with them; `total` in all; `lifeMs` what is left of its life
 */
export function lockAfter(wrong: {
  readonly hasPassword: boolean;
  readonly tries: number;
  readonly total: number;
  readonly lifeMs: number;
}): number | null {
  const { hasPassword, tries, total, lifeMs } = wrong;
  if (hasPassword && total >= WRONG_PASSWORDS_MAX) return lifeMs;
  if (tries < LIMITS.passwordTries) return null;
  const step = hasPassword ? Math.floor(total / LIMITS.passwordTries) - 1 : 0;
  return LOCKS_MS[Math.min(step, LOCKS_MS.length - 1)] ?? LOCKS_MS[0];
}
