/** Imports some rows into a book (M23), all that are fine in one transaction; or only says what would become of each. */
import { PliError } from "@pli/core/errors";
import type { ContactContent, ContactImportAnswer } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import { holdName, type Reader } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { addressKey } from "../correspondents/index.ts";
import { newRow, requireRoom } from "./change-contacts.ts";
import { columnsOf, contentOf, keysOf, wordsOf } from "./contact-row.ts";
import { bookOf, mayChange } from "./contacts.policy.ts";
import {
  contactsByAddresses,
  deleteFinders,
  insertContacts,
  insertFinders,
  updateContact,
} from "./contacts.queries.ts";
import type { ContactsTable } from "./contacts.table.ts";
import { type ImportPlan, type PlannedContact, planImport } from "./plan-import.ts";

export interface ImportOrder {
  readonly rows: readonly (ContactContent | { readonly refused: string })[];
  readonly shared: boolean;
  readonly dryRun: boolean;
}

/** @throws PliError `limit_reached`; `conflict` {state: changed} when somebody else wrote the same address meanwhile: again is fine */
export async function importContacts(
  services: Services,
  caller: MemberCaller,
  { rows, shared, dryRun }: ImportOrder,
): Promise<ContactImportAnswer> {
  const bookId = bookOf(caller, shared);
  if (dryRun) return { rows: (await plan(services.db.read, caller, bookId, rows)).plan.rows };
  await requireRoom(services, bookId, rows.length);
  return await services.db.write(async (tx) => {
    await holdName(tx, `contacts ${bookId}`);
    const { plan: decided, known } = await plan(tx, caller, bookId, rows);
    const nowMs = services.clock.now();
    const written: { readonly contactId: string; readonly content: ContactContent }[] = [];
    const added: ContactsTable[] = [];
    const changed: string[] = [];
    for (const { contactId, content } of decided.contacts) {
      if (contactId === null) {
        const row = newRow(caller, bookId, content, nowMs);
        added.push(row);
        written.push({ contactId: row.contact_id, content });
        continue;
      }
      const version = (known.get(contactId)?.version ?? 0) + 1;
      await updateContact(tx, contactId, { ...columnsOf(content), version, changed_at_ms: nowMs });
      changed.push(contactId);
      written.push({ contactId, content });
    }
    await insertContacts(tx, added);
    await deleteFinders(tx, changed);
    const of = (words: (content: ContactContent) => readonly string[]) =>
      written.flatMap(({ contactId, content }) => words(content).map((word) => ({ contactId, word })));
    const isFree = await insertFinders(
      tx,
      of(keysOf).map(({ contactId, word }) => ({ book_id: bookId, address_key: word, contact_id: contactId })),
      of(wordsOf).map(({ contactId, word }) => ({ book_id: bookId, word, contact_id: contactId })),
    );
    if (!isFree) throw new PliError("conflict", { details: { state: "changed" } });
    return { rows: decided.rows };
  });
}

async function plan(
  on: Reader,
  caller: MemberCaller,
  bookId: string,
  rows: ImportOrder["rows"],
): Promise<{ plan: ImportPlan; known: ReadonlyMap<string, ContactsTable> }> {
  const keys = new Set(rows.flatMap((row) => ("refused" in row ? [] : row.addresses.map(addressKey))));
  const found = await contactsByAddresses(on, [bookId], [...keys]);
  const known = new Map(found.map((row) => [row.contact_id, row as ContactsTable]));
  const byAddress = new Map<string, PlannedContact>();
  for (const row of known.values()) {
    const contact = {
      contactId: row.contact_id,
      content: contentOf(row),
      isMine: mayChange(row, caller),
    };
    for (const address of contact.content.addresses) byAddress.set(addressKey(address), contact);
  }
  return { plan: planImport(rows, byAddress), known };
}
