/**
 * Challenges of passkeys (WebAuthn section 13.4.3). Signed, so that nothing is stored until one comes back: a page that only offers passkeys
 * costs no write. Each is for one purpose, lives five minutes, and works once on all nodes.
 *
 *     challenge = random (16) ‖ end in ms (8, big-endian) ‖ HMAC-SHA256(key, purpose ‖ random ‖ end), cut to 16 bytes
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { takeIn } from "../limits/index.ts";

const LIFE_MS = 5 * 60_000;
const RANDOM_BYTES = 16;
const END_BYTES = 8;
const MAC_BYTES = 16;
const LENGTH = RANDOM_BYTES + END_BYTES + MAC_BYTES;

type Needs = Pick<Services, "keys" | "clock">;

export interface Challenge {
  /** base64url */
  readonly challenge: string;
  readonly expiresAt: string;
}

/** @param purpose what it may be answered for, such as `sign-in`, `add MEMBER`, `step SECRET` */
export function newChallenge(services: Needs, purpose: string): Challenge {
  const expiresAtMs = services.clock.now() + LIFE_MS;
  const end = Buffer.alloc(END_BYTES);
  end.writeBigUInt64BE(BigInt(expiresAtMs));
  const head = Buffer.concat([randomBytes(RANDOM_BYTES), end]);
  const challenge = Buffer.concat([head, mac(services, purpose, head)]).toString("base64url");
  return { challenge, expiresAt: new Date(expiresAtMs).toISOString() };
}

/** Whether this server made it for `purpose` and it is not too old. Whether it was used, `useChallenge` decides. */
export function isOwnChallenge(services: Needs, purpose: string, challenge: string): boolean {
  const bytes = Buffer.from(challenge, "base64url");
  if (bytes.length !== LENGTH) return false;
  const head = bytes.subarray(0, RANDOM_BYTES + END_BYTES);
  if (!timingSafeEqual(bytes.subarray(RANDOM_BYTES + END_BYTES), mac(services, purpose, head))) return false;
  return Number(head.readBigUInt64BE(RANDOM_BYTES)) > services.clock.now();
}

/** @returns false when it was used before, wherever. Last in its transaction */
export async function useChallenge(tx: Tx, nowMs: number, challenge: string): Promise<boolean> {
  // By its bytes: another spelling of the same base64url is no other challenge.
  const key = Buffer.from(challenge, "base64url").toString("base64url");
  return await takeIn(tx, nowMs, { door: "passkey-challenge", key, limit: 1, windowSeconds: LIFE_MS / 1000 });
}

function mac({ keys }: Needs, purpose: string, head: Buffer): Buffer {
  const key = keys.derive("passkey-challenge");
  return createHmac("sha256", key).update(`${purpose}\n`).update(head).digest().subarray(0, MAC_BYTES);
}
