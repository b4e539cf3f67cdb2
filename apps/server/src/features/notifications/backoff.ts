/** When to try a mail again (Q11). Mails that somebody waits for in front of a page are tried sooner, and not for days. */
import type { OutboxTable } from "./outbox.table.ts";

const MINUTE = 60_000;
const PATIENT = [1, 5, 15, 60, 120, 240, 480].map((minutes) => minutes * MINUTE);
const URGENT = [5_000, 15_000, 30_000, MINUTE];

/** @param tries how many tries have failed, from 1 */
export function nextTryAtMs(kind: OutboxTable["kind"], tries: number, nowMs: number): number {
  const delays = kind === "code" || kind === "confirm" || kind === "sign_in" ? URGENT : PATIENT;
  const delay = delays[Math.min(tries, delays.length) - 1] as number;
  return nowMs + delay;
}
