/** SQL of how many SMS a member had sent, by month: what the outbox forgets, their figures keep (A3). */
import type { Reader, Tx } from "../../platform/database/index.ts";

/** By one statement. @param month "2026-11" */
export async function addSms(tx: Tx, memberId: string, month: string, count: number): Promise<void> {
  await tx
    .insertInto("sms_usage")
    .values({ member_id: memberId, month, count })
    .onConflict((conflict) =>
      conflict.columns(["member_id", "month"]).doUpdateSet((is) => ({ count: is("sms_usage.count", "+", count) })),
    )
    .execute();
}

export async function smsByMonth(
  on: Reader,
  memberId: string,
  months: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await on
    .selectFrom("sms_usage")
    .select(["month", "count"])
    .where("member_id", "=", memberId)
    .where("month", "in", months)
    .execute();
  return new Map(rows.map(({ month, count }) => [month, count]));
}
