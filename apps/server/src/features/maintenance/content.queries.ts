/** SQL of what has content: envelopes in the order of their ids, a page at a time. */
import type { Reader } from "../../platform/database/index.ts";
import type { EnvelopesTable } from "../envelopes/index.ts";

export type WithContent = Pick<EnvelopesTable, "envelope_id" | "state" | "generations">;

/** Envelopes after `afterId` whose content is there: drafts and what was sent and has not ended. */
export async function envelopesWithContent(
  on: Reader,
  afterId: string,
  limit: number,
): Promise<readonly WithContent[]> {
  return await on
    .selectFrom("envelopes")
    .select(["envelope_id", "state", "generations"])
    .where("envelope_id", ">", afterId)
    .where("content_gone", "=", 0)
    .where("state", "in", ["draft", "sent"])
    .orderBy("envelope_id")
    .limit(limit)
    .execute();
}

export async function appliedMigrations(on: Reader): Promise<readonly string[]> {
  const rows = await on.selectFrom("pli_migrations").select("name").orderBy("name").execute();
  return rows.map((row) => row.name);
}

/** The id of the first organisation; null in a database that nobody used yet. */
export async function oldestOrganisation(on: Reader): Promise<string | null> {
  const row = await on
    .selectFrom("organisations")
    .select("organisation_id")
    .orderBy("organisation_id")
    .limit(1)
    .executeTakeFirst();
  return row?.organisation_id ?? null;
}
