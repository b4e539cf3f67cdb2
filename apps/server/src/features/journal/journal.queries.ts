/** SQL of the journal: insert and read, nothing else. */
import { preparedInsert, type Reader } from "../../platform/database/index.ts";
import type { JournalTable } from "./journal.table.ts";

export const insertEntries = preparedInsert<JournalTable>("journal", [
  "envelope_id",
  "entry_id",
  "organisation_id",
  "at_ms",
  "event",
  "grant_id",
  "facts",
]);

export interface RegisterRow {
  readonly entry_id: string;
  readonly at_ms: number;
  readonly event: JournalTable["event"];
  readonly grant_id: string | null;
  readonly facts: string | null;
  readonly address: string | null;
}

/** Entries of an envelope, newest first, older than `beforeEntryId`, with the recipient's address. */
export async function registerOf(
  on: Reader,
  envelopeId: string,
  beforeEntryId: string | null,
  limit: number,
): Promise<readonly RegisterRow[]> {
  let query = on
    .selectFrom("journal")
    .leftJoin("grants", (join) =>
      join.onRef("grants.envelope_id", "=", "journal.envelope_id").onRef("grants.grant_id", "=", "journal.grant_id"),
    )
    .select(["entry_id", "at_ms", "event", "journal.grant_id", "facts", "address"])
    .where("journal.envelope_id", "=", envelopeId)
    .orderBy("entry_id", "desc")
    .limit(limit);
  if (beforeEntryId !== null) query = query.where("entry_id", "<", beforeEntryId);
  return await query.execute();
}
