/**
 * One-time codes of an app (RFC 6238 over RFC 4226): SHA-1, six digits, steps of 30 seconds, as every app knows them. The secret is 160
 * random bits. Must never log a secret or a code.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

const STEP_MS = 30_000;
const DIGITS = 6;
/** Clocks of phones differ, and people type slowly: one step before and one after count too. */
const WINDOW_STEPS = 1;
export const TOTP_SECRET_BYTES = 20;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** RFC 4648 section 6, without padding. */
export function base32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(value >>> bits) & 31];
      value &= (1 << bits) - 1;
    }
  }
  return bits === 0 ? text : text + BASE32[(value << (5 - bits)) & 31];
}

/** The code of one time step: RFC 4226 section 5.3. @param digits 6; the RFC's own vectors have 8 */
export function totpCode(secret: Uint8Array, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = (mac[mac.length - 1] as number) & 15;
  const truncated = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(truncated % 10 ** digits).padStart(digits, "0");
}

/**
 * The time step that `code` is of, within the window around now and after `lastStep`: each step works once (RFC 6238 section 5.2).
 * @returns null when it is of none
 */
export function totpStep(secret: Uint8Array, code: string, nowMs: number, lastStep: number): number | null {
  const now = Math.floor(nowMs / STEP_MS);
  const given = Buffer.from(code);
  let found: number | null = null;
  // All are compared: how long it takes says nothing.
  for (let step = now - WINDOW_STEPS; step <= now + WINDOW_STEPS; step++) {
    const expected = Buffer.from(totpCode(secret, step));
    const same = given.length === expected.length && timingSafeEqual(given, expected);
    if (same && step > lastStep && found === null) found = step;
  }
  return found;
}

/** What apps read from a QR code (the "key URI format" that all of them follow). */
export function totpUri(secret: Uint8Array, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
