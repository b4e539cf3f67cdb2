/**
 * The robot check that people do not see (A1): an altcha v1 proof of work, signed so that nothing is stored until it comes
 * back. Each challenge lives 10 minutes and works once (the caller counts it).
 */

import { toHex } from "@pli/core/bytes";
import type { RobotChallenge } from "@pli/core/wire";
import { createChallenge, verifySolution } from "altcha-lib/v1";
import type { Services } from "../../services.ts";

/** Half of it on average: about 0.3 s on a phone, at some 20,000 hashes a second by WebCrypto. */
const MAX_NUMBER = 12_000;
export const ROBOT_CHECK_SECONDS = 600;
const SALT = /^[0-9a-f]{24}\?expires=(\d{1,12})&$/;

export async function createRobotChallenge(services: Services): Promise<RobotChallenge> {
  const { challenge, salt, signature } = await createChallenge({
    algorithm: "SHA-256",
    hmacKey: hmacKey(services),
    maxnumber: MAX_NUMBER,
    expires: new Date(services.clock.now() + ROBOT_CHECK_SECONDS * 1000),
  });
  return { algorithm: "SHA-256", challenge, maxnumber: MAX_NUMBER, salt, signature };
}

/** The challenge that this payload (base64 of JSON) solves, to be counted as used; null when it solves none of ours. */
export async function solvedChallenge(services: Services, payload: string): Promise<string | null> {
  const solution = parse(payload);
  if (solution === null) return null;
  const expires = SALT.exec(solution.salt)?.[1];
  if (expires === undefined || Number(expires) * 1000 <= services.clock.now()) return null;
  // The age was checked by our own clock just above.
  const ok = await verifySolution({ ...solution, algorithm: "SHA-256" }, hmacKey(services), false);
  return ok ? solution.challenge : null;
}

interface Solution {
  readonly challenge: string;
  readonly number: number;
  readonly salt: string;
  readonly signature: string;
}

/** Strict: the number is appended to the salt before hashing, so anything but a plain number could shift the border. */
function parse(payload: string): Solution | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
    if (typeof value !== "object" || value === null) return null;
    const { algorithm, challenge, number, salt, signature } = value as Record<string, unknown>;
    if (algorithm !== "SHA-256" || typeof challenge !== "string" || typeof salt !== "string") return null;
    if (typeof signature !== "string" || typeof number !== "number") return null;
    if (!Number.isInteger(number) || number < 0 || number > MAX_NUMBER) return null;
    return { challenge, number, salt, signature };
  } catch {
    return null;
  }
}

function hmacKey(services: Services): string {
  return toHex(services.keys.derive("robot-check"));
}
