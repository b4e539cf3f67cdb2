/** SQL of history: one row for each member and address, counted when a message leaves. Every search walks along an index. */
import type { Language } from "@pli/core/wire";
import { sql } from "kysely";
import { preparedInsert, type Reader, type Tx } from "../../platform/database/index.ts";
import type { CorrespondentsTable } from "./correspondents.table.ts";
import { afterPrefix, bySome } from "./keys.ts";

/** Counts one more message to each. Rows in the order of their keys: two at once hold them in the same one. */
export const upsertCorrespondents = preparedInsert<CorrespondentsTable, "correspondents">(
  "correspondents",
  [
    "member_id",
    "address_key",
    "organisation_id",
    "address",
    "domain",
    "name",
    "name_key",
    "last_key",
    "language",
    "language_chosen",
    "mobile",
    "sends",
    "last_at_ms",
  ],
  (insert) =>
    insert.onConflict((conflict) =>
      conflict.columns(["member_id", "address_key"]).doUpdateSet((row) => ({
        address: row.ref("excluded.address"),
        name: sql<string | null>`coalesce(excluded.name, correspondents.name)`,
        name_key: sql<string | null>`coalesce(excluded.name_key, correspondents.name_key)`,
        last_key: sql<
          string | null
        >`case when excluded.name is null then correspondents.last_key else excluded.last_key end`,
        // What was chosen for them stays until something else is.
        language: sql<Language>`case when excluded.language_chosen = 1 or correspondents.language_chosen = 0
          then excluded.language else correspondents.language end`,
        mobile: sql<string | null>`coalesce(excluded.mobile, correspondents.mobile)`,
        language_chosen: sql<number>`case when excluded.language_chosen = 1 then 1 else correspondents.language_chosen end`,
        sends: sql<number>`correspondents.sends + excluded.sends`,
        last_at_ms: row.ref("excluded.last_at_ms"),
      })),
    ),
);

/** One message less to each; who got none is unknown again. */
export async function discountCorrespondents(tx: Tx, memberId: string, keys: readonly string[]): Promise<void> {
  await tx
    .updateTable("correspondents")
    .set((row) => ({ sends: row("sends", "-", 1) }))
    .where("member_id", "=", memberId)
    .where("address_key", "in", keys)
    .execute();
  await tx
    .deleteFrom("correspondents")
    .where("member_id", "=", memberId)
    .where("address_key", "in", keys)
    .where("sends", "<=", 0)
    .execute();
}

export async function deleteCorrespondent(tx: Tx, memberId: string, addressKey: string): Promise<void> {
  await tx
    .deleteFrom("correspondents")
    .where("member_id", "=", memberId)
    .where("address_key", "=", addressKey)
    .execute();
}

export async function correspondentsAmong(
  on: Reader,
  memberId: string,
  keys: readonly string[],
): Promise<readonly CorrespondentsTable[]> {
  return await bySome(keys, (some) =>
    on
      .selectFrom("correspondents")
      .selectAll()
      .where("member_id", "=", memberId)
      .where("address_key", "in", some)
      .execute(),
  );
}

/** Those of whom something begins so: the first few of each kind, in the order of the alphabet. */
export async function correspondentsBeginning(
  on: Reader,
  memberId: string,
  column: "address_key" | "name_key" | "last_key" | "domain",
  prefix: string,
  limit: number,
): Promise<readonly CorrespondentsTable[]> {
  return await on
    .selectFrom("correspondents")
    .selectAll()
    .where("member_id", "=", memberId)
    .where(column, ">=", prefix)
    .where(column, "<", afterPrefix(prefix))
    .orderBy(column)
    .limit(limit)
    .execute();
}

export async function latestCorrespondents(
  on: Reader,
  memberId: string,
  limit: number,
): Promise<readonly CorrespondentsTable[]> {
  return await on
    .selectFrom("correspondents")
    .selectAll()
    .where("member_id", "=", memberId)
    .orderBy("last_at_ms", "desc")
    .limit(limit)
    .execute();
}

export async function domainsWrittenTo(on: Reader, memberId: string, limit: number): Promise<readonly string[]> {
  const rows = await on
    .selectFrom("correspondents")
    .select("domain")
    .distinct()
    .where("member_id", "=", memberId)
    .where("domain", ">", "")
    .orderBy("domain")
    .limit(limit)
    .execute();
  return rows.map(({ domain }) => domain);
}
