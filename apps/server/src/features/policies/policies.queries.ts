/** SQL of the organisations' settings. The version decides between two who change them at once. */
import { preparedRead, type Reader, type Tx } from "../../platform/database/index.ts";
import type { AdministrationLogTable, PoliciesTable } from "./policies.table.ts";

/** What a member chose and what the organisation settled, by one look: every sending asks. */
export interface MemberSettingsRow {
  readonly language: string;
  readonly defaults: string;
  readonly confirm_replies: number | null;
  readonly settings: string | null;
  readonly version: number | null;
}
export const settingsOfMember = preparedRead<{ memberId: string }, MemberSettingsRow>((db, values) =>
  db
    .selectFrom("members")
    .leftJoin("policies", "policies.organisation_id", "members.organisation_id")
    .select([
      "members.language",
      "members.defaults",
      "members.confirm_replies",
      "policies.settings",
      "policies.version",
    ])
    .where("members.member_id", "=", values.memberId),
);

export async function findPolicies(
  on: Reader,
  organisationId: string,
): Promise<(PoliciesTable & { readonly name: string | null; readonly address: string | null }) | undefined> {
  return await on
    .selectFrom("policies")
    .leftJoin("members", "members.member_id", "policies.changed_by")
    .selectAll("policies")
    .select(["members.name", "members.address"])
    .where("policies.organisation_id", "=", organisationId)
    .executeTakeFirst();
}

/** The first settings of an organisation. @returns false when somebody was first */
export async function insertPolicies(tx: Tx, row: PoliciesTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("policies")
    .values(row)
    .onConflict((conflict) => conflict.column("organisation_id").doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** @returns false when `seen` is not the present version any more */
export async function replacePolicies(tx: Tx, row: PoliciesTable, seen: number): Promise<boolean> {
  const { organisation_id, ...values } = row;
  const { numUpdatedRows } = await tx
    .updateTable("policies")
    .set(values)
    .where("organisation_id", "=", organisation_id)
    .where("version", "=", seen)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function insertAdministrationEntry(tx: Tx, row: AdministrationLogTable): Promise<void> {
  await tx.insertInto("administration_log").values(row).execute();
}
