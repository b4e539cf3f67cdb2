/**
 * Doors that this process has found shut, and until when: only there is it worth a read to refuse early whoever comes again and again. What is
 * remembered may be wrong by now, and decides nothing.
 */

const KEPT_MAX = 10_000;
const untilMs = new Map<string, number>();

/** @param keySha256 of door and key */
export function noteShut(keySha256: string, shutUntilMs: number): void {
  if (untilMs.size >= KEPT_MAX) untilMs.clear();
  untilMs.set(keySha256, shutUntilMs);
}

export function mayBeShut(keySha256: string, nowMs: number): boolean {
  const known = untilMs.get(keySha256);
  if (known === undefined) return false;
  if (known > nowMs) return true;
  untilMs.delete(keySha256);
  return false;
}
