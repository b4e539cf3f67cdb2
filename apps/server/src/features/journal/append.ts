/** Writes what happened, in the transaction of the fact. The one door to the journal. */
import type { RegisterEvent } from "@pli/core/wire";
import { newId, type Tx } from "../../platform/database/index.ts";
import { countWhenKept } from "../../platform/telemetry/index.ts";
import { insertEntries } from "./journal.queries.ts";
import type { JournalFacts } from "./journal.table.ts";

export interface JournalEntry {
  readonly envelopeId: string;
  readonly organisationId: string;
  readonly atMs: number;
  readonly event: RegisterEvent;
  readonly grantId?: string;
  readonly facts?: JournalFacts;
}

export async function appendJournal(tx: Tx, entries: readonly JournalEntry[]): Promise<void> {
  for (const { event } of entries) {
    countWhenKept("pli_journal_entries_total", { event });
    if (event === "opened") countWhenKept("pli_openings_total", { turn: "new" });
    if (event === "opened_again") countWhenKept("pli_openings_total", { turn: "again" });
  }
  await insertEntries(
    tx,
    entries.map((entry) => ({
      envelope_id: entry.envelopeId,
      entry_id: newId(entry.atMs),
      organisation_id: entry.organisationId,
      at_ms: entry.atMs,
      event: entry.event,
      grant_id: entry.grantId ?? null,
      facts: entry.facts === undefined ? null : JSON.stringify(entry.facts),
    })),
  );
}
