/** The register of openings as the sender reads it (M22): newest first, in pages. */
import type { Page, RegisterEntry } from "@pli/core/wire";
import type { Reader } from "../../platform/database/index.ts";
import { registerOf } from "./journal.queries.ts";
import type { JournalFacts } from "./journal.table.ts";

const PAGE = 100;

/** Entries older than `cursor` (an entry id). Whoever calls has checked whose envelope it is. */
export async function readRegister(
  on: Reader,
  envelopeId: string,
  cursor: string | null,
): Promise<Page<RegisterEntry>> {
  const rows = await registerOf(on, envelopeId, cursor, PAGE + 1);
  const items = rows.slice(0, PAGE).map((row): RegisterEntry => {
    const facts: JournalFacts = row.facts === null ? {} : (JSON.parse(row.facts) as JournalFacts);
    return {
      entryId: row.entry_id,
      at: new Date(row.at_ms).toISOString(),
      event: row.event,
      machine: facts.machine ?? false,
      ...(row.grant_id === null ? {} : { grantId: row.grant_id }),
      ...(row.address === null ? {} : { address: row.address }),
      ...(facts.openingsLeft === undefined ? {} : { openingsLeft: facts.openingsLeft }),
      ...(facts.triesLeft === undefined ? {} : { triesLeft: facts.triesLeft }),
      ...(facts.codeReference === undefined ? {} : { codeReference: facts.codeReference }),
      ...(facts.network === undefined ? {} : { network: facts.network }),
      ...(facts.agent === undefined ? {} : { agent: facts.agent }),
      ...(facts.reasonCode === undefined ? {} : { reasonCode: facts.reasonCode }),
      ...(facts.statusCode === undefined ? {} : { statusCode: facts.statusCode }),
    };
  });
  const last = items.at(-1);
  return rows.length > PAGE && last !== undefined ? { items, next: last.entryId } : { items };
}
