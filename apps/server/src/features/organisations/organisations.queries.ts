/** SQL of organisations and members that several features need. */
import { forUpdate, type Reader, type Tx } from "../../platform/database/index.ts";
import type { MembersTable } from "./organisations.table.ts";

export async function memberById(on: Reader, memberId: string): Promise<MembersTable | undefined> {
  return await on.selectFrom("members").selectAll().where("member_id", "=", memberId).executeTakeFirst();
}

/** The member, whom nobody else changes until the transaction ends. */
export async function holdMember(tx: Tx, memberId: string): Promise<MembersTable | undefined> {
  return await forUpdate(tx, tx.selectFrom("members").selectAll().where("member_id", "=", memberId)).executeTakeFirst();
}

export async function organisationName(on: Reader, organisationId: string): Promise<string | undefined> {
  const row = await on
    .selectFrom("organisations")
    .select("name")
    .where("organisation_id", "=", organisationId)
    .executeTakeFirst();
  return row?.name;
}
