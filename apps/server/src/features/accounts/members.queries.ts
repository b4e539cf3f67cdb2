/** SQL of organisations and members, as the accounts need it. */
import { type SqlBool, sql } from "kysely";
import type { Reader, Tx } from "../../platform/database/index.ts";
import type { MembersTable, OrganisationsTable } from "../organisations/organisations.table.ts";

export async function memberByAddress(on: Reader, address: string): Promise<MembersTable | undefined> {
  return await on.selectFrom("members").selectAll().where("address", "=", address).executeTakeFirst();
}

export async function allMembers(on: Reader): Promise<readonly MembersTable[]> {
  return await on.selectFrom("members").selectAll().orderBy("address").execute();
}

/** The organisation made first: the one of this server until there are more. */
export async function firstOrganisation(on: Reader): Promise<OrganisationsTable | undefined> {
  return await on
    .selectFrom("organisations")
    .selectAll()
    .orderBy("created_at_ms")
    .orderBy("organisation_id")
    .limit(1)
    .executeTakeFirst();
}

export async function insertOrganisation(tx: Tx, row: OrganisationsTable): Promise<void> {
  await tx.insertInto("organisations").values(row).execute();
}

/** @returns false when the address is a member's already */
export async function insertMember(tx: Tx, row: MembersTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("members")
    .values(row)
    .onConflict((conflict) => conflict.column("address").doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export interface MemberChange {
  readonly name?: string;
  readonly time_zone?: string;
  readonly language?: string;
  readonly defaults?: string;
}

/**
 * Changes a member.
 * @param defaultsBefore the defaults that `change.defaults` was made from: another change in between changes nothing here
 * @returns whether the member was changed
 */
export async function updateMember(
  tx: Tx,
  memberId: string,
  change: MemberChange,
  defaultsBefore: string,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("members")
    .set(change)
    .where("member_id", "=", memberId)
    .where("defaults", "=", defaultsBefore)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The condition of a partial index, in the words of the migration. */
const UNREAD = sql<SqlBool>`kind = 'reply' and state = 'sent' and read_at_ms is null`;

/** What the welcome and the inbox show: whether anything was ever sent, and how many answers wait unread. */
export async function mailCounts(on: Reader, memberId: string): Promise<{ hasSent: boolean; unread: number }> {
  const sent = on
    .selectFrom("envelopes")
    .select(sql<number>`1`.as("one"))
    .where("member_id", "=", memberId)
    .where("kind", "=", "message")
    .where("sent_at_ms", "is not", null)
    .orderBy("envelope_id", "desc")
    .limit(1);
  const unread = on
    .selectFrom("envelopes")
    .select((is) => is.fn.countAll<number | string>().as("count"))
    .where("member_id", "=", memberId)
    .where(UNREAD);
  const [first, count] = [await sent.executeTakeFirst(), await unread.executeTakeFirst()];
  return { hasSent: first !== undefined, unread: Number(count?.count ?? 0) };
}
