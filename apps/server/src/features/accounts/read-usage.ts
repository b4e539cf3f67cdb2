/** A member's figures of this month and the last (A3). Months are UTC: they do not move when a time zone is changed. */
import type { Usage, UsageMonth } from "@pli/core/wire";
import type { Reader } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { monthOf, smsOfMonths } from "../sms/index.ts";
import { usageBetween } from "./usage.queries.ts";

/** So long before its sending a message may have been begun: drafts end after three days without a change. */
const DRAFT_MS = 31 * 86_400_000;

export async function readUsage({ db, clock }: Pick<Services, "db" | "clock">, memberId: string): Promise<Usage> {
  const on = db.read;
  const nowMs = clock.now();
  const begins = [0, 1].map((back) => beginOfMonth(nowMs, back));
  const sms = await smsOfMonths(on, memberId, begins.map(monthOf));
  const months: UsageMonth[] = [];
  for (const [index, fromMs] of begins.entries()) {
    months.push(await readMonth(on, memberId, fromMs, sms[index] ?? 0));
  }
  return { months };
}

async function readMonth(on: Reader, memberId: string, fromMs: number, sms: number): Promise<UsageMonth> {
  const figures = await usageBetween(on, memberId, { fromMs, untilMs: beginOfMonth(fromMs, -1), draftMs: DRAFT_MS });
  return { month: monthOf(fromMs), ...figures, sms };
}

/** @param back months before that of `atMs` */
function beginOfMonth(atMs: number, back: number): number {
  const at = new Date(atMs);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - back);
}
