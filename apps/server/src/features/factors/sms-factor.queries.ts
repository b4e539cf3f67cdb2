/** SQL of the mobile number that is a second factor, and of the codes sent to members. A code is used up by the statement that finds it. */
import { type Db, deleteBefore, type Reader, type Tx } from "../../platform/database/index.ts";
import type { MemberCodesTable, SmsFactorsTable } from "./factors.table.ts";

export async function smsFactorOf(on: Reader, memberId: string): Promise<SmsFactorsTable | undefined> {
  return await on.selectFrom("sms_factors").selectAll().where("member_id", "=", memberId).executeTakeFirst();
}

/** In place of the number before. */
export async function putSmsFactor(tx: Tx, row: SmsFactorsTable): Promise<void> {
  const { number, created_at_ms } = row;
  await tx
    .insertInto("sms_factors")
    .values(row)
    .onConflict((conflict) => conflict.column("member_id").doUpdateSet({ number, created_at_ms }))
    .execute();
}

/** @returns the number; undefined when there was none */
export async function deleteSmsFactor(tx: Tx, memberId: string): Promise<string | undefined> {
  const row = await tx
    .deleteFrom("sms_factors")
    .where("member_id", "=", memberId)
    .returning("number")
    .executeTakeFirst();
  return row?.number;
}

/** Of one code drawn twice the later life counts. */
export async function insertMemberCode(tx: Tx, row: MemberCodesTable): Promise<void> {
  const { expires_at_ms } = row;
  await tx
    .insertInto("member_codes")
    .values(row)
    .onConflict((conflict) => conflict.columns(["member_id", "code_hmac"]).doUpdateSet({ expires_at_ms }))
    .execute();
}

/** @returns when its life ends or ended; null when there is none such */
export async function useMemberCode(tx: Tx, memberId: string, codeHmac: string): Promise<number | null> {
  const row = await tx
    .deleteFrom("member_codes")
    .where("member_id", "=", memberId)
    .where("code_hmac", "=", codeHmac)
    .returning("expires_at_ms")
    .executeTakeFirst();
  return row?.expires_at_ms ?? null;
}

export async function deleteEndedCodes(db: Db, nowMs: number): Promise<void> {
  await deleteBefore(db, "member_codes", "expires_at_ms", nowMs + 1);
}
