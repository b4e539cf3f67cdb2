/** Counting SMS for a member's figures (A3), in the transaction that orders them. Months are UTC. */
import type { Reader, Tx } from "../../platform/database/index.ts";
import { addSms, smsByMonth } from "./sms-usage.queries.ts";

/** "2026-11" */
export function monthOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 7);
}

export async function countSms(tx: Tx, memberId: string, nowMs: number, count: number): Promise<void> {
  await addSms(tx, memberId, monthOf(nowMs), count);
}

/** @returns as many as there are months */
export async function smsOfMonths(on: Reader, memberId: string, months: readonly string[]): Promise<readonly number[]> {
  const found = await smsByMonth(on, memberId, months);
  return months.map((month) => found.get(month) ?? 0);
}
