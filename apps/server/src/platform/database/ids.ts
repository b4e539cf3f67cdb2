/**
 * Time-ordered ids: 48 bits of milliseconds and 80 random bits (like UUID version 7 without its fixed bits), as 26 characters
 * of Crockford's base32 in lower case, which sort as the bytes do. Not secret: a right never rests on not knowing one.
 */
import { randomFillSync } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const pool = new Uint8Array(8000);
let at = pool.length;

export const ID_PATTERN = /^[0-9a-hjkmnp-tv-z]{26}$/;

const TIME_MAX = 2 ** 50 - 1;

/** How ids made at `atMs` begin: those made before sort before it, all others behind. Ten characters; any time is taken. */
export function idTime(atMs: number): string {
  // 50 bits of time, two spare.
  let time = Math.min(Math.max(0, atMs), TIME_MAX);
  let text = "";
  for (let i = 0; i < 10; i++) {
    text = ALPHABET[time % 32] + text;
    time = Math.floor(time / 32);
  }
  return text;
}

/** When an id was made, in ms: its first ten characters. What is no id mostly gives a time long ago; nothing is thrown. */
export function idTimeMs(id: string): number {
  let atMs = 0;
  for (const character of id.slice(0, 10)) atMs = atMs * 32 + Math.max(0, ALPHABET.indexOf(character));
  return atMs;
}

/** A new id for something made at `nowMs`. */
export function newId(nowMs: number): string {
  if (at + 10 > pool.length) {
    randomFillSync(pool);
    at = 0;
  }
  // 80 random bits are 16 characters.
  let text = idTime(nowMs);
  for (let half = 0; half < 2; half++) {
    let high = (pool[at] as number) * 4096 + (pool[at + 1] as number) * 16 + ((pool[at + 2] as number) >> 4);
    let low = ((pool[at + 2] as number) & 15) * 65536 + (pool[at + 3] as number) * 256 + (pool[at + 4] as number);
    let chars = "";
    for (let i = 0; i < 4; i++) {
      chars = ALPHABET[low & 31] + chars;
      low >>= 5;
    }
    for (let i = 0; i < 4; i++) {
      chars = ALPHABET[high & 31] + chars;
      high >>= 5;
    }
    text += chars;
    at += 5;
  }
  return text;
}
