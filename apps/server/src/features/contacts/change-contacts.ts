/** One contact is added, changed, shared, deleted (M23). An address is in one contact of a book; who was faster wins, and the other is told. */
import { PliError } from "@pli/core/errors";
import { type Contact, type ContactChange, type ContactContent, type ContactCreation, LIMITS } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import { newId, type Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { columnsOf, describeContact, keysOf, wordsOf } from "./contact-row.ts";
import { bookOf, mayChange, requireChangeable, requireReadable } from "./contacts.policy.ts";
import {
  countContacts,
  deleteContactRow,
  deleteFinders,
  findContact,
  holdContact,
  insertContacts,
  insertFinders,
  updateContact,
} from "./contacts.queries.ts";
import type { ContactsTable } from "./contacts.table.ts";

/** @throws PliError `already_exists` {field: addresses}, `limit_reached` */
export async function createContact(
  services: Services,
  caller: MemberCaller,
  { shared, ...content }: ContactCreation,
): Promise<Contact> {
  const bookId = bookOf(caller, shared);
  await requireRoom(services, bookId, 1);
  const nowMs = services.clock.now();
  const row = newRow(caller, bookId, content, nowMs);
  await services.db.write(async (tx) => {
    await insertContacts(tx, [row]);
    await find(tx, row, content);
  });
  return describeContact(row, mayChange(row, caller));
}

/** A bound against waste, not a right: two at once may pass it. @throws PliError `limit_reached` */
export async function requireRoom(services: Services, bookId: string, more: number): Promise<void> {
  if ((await countContacts(services.db.read, bookId)) + more > LIMITS.contactsPerBook) {
    throw new PliError("limit_reached", { details: { limit: LIMITS.contactsPerBook } });
  }
}

export function newRow(caller: MemberCaller, bookId: string, content: ContactContent, nowMs: number): ContactsTable {
  return {
    contact_id: newId(nowMs),
    organisation_id: caller.organisationId,
    book_id: bookId,
    member_id: caller.memberId,
    version: 1,
    ...columnsOf(content),
    created_at_ms: nowMs,
    changed_at_ms: nowMs,
  };
}

/** @throws PliError `not_found` */
export async function showContact(services: Services, caller: MemberCaller, contactId: string): Promise<Contact> {
  const row = requireReadable(await findContact(services.db.read, contactId), caller);
  return describeContact(row, mayChange(row, caller));
}

/**
 * All of it anew. Sharing, or taking back into one's own contacts, is the other book: then it is the caller's.
 * @throws PliError `not_found`, `conflict` {state: changed | shared}, `already_exists` {field: addresses}, `limit_reached`
 */
export async function changeContact(
  services: Services,
  caller: MemberCaller,
  contactId: string,
  { shared, version, ...content }: ContactChange,
): Promise<Contact> {
  const bookId = bookOf(caller, shared);
  const known = requireChangeable(await findContact(services.db.read, contactId), caller);
  if (known.book_id !== bookId) await requireRoom(services, bookId, 1);
  return await services.db.write(async (tx) => {
    const before = requireChangeable(await holdContact(tx, contactId), caller);
    if (before.version !== version) throw new PliError("conflict", { details: { state: "changed" } });
    const moved = before.book_id !== bookId;
    const change = {
      book_id: bookId,
      member_id: moved ? caller.memberId : before.member_id,
      version: version + 1,
      ...columnsOf(content),
      changed_at_ms: services.clock.now(),
    };
    await updateContact(tx, contactId, change);
    await deleteFinders(tx, [contactId]);
    const row = { ...before, ...change };
    await find(tx, row, content);
    return describeContact(row, mayChange(row, caller));
  });
}

/** @throws PliError `not_found`, `conflict` {state: shared} */
export async function deleteContact(services: Services, caller: MemberCaller, contactId: string): Promise<void> {
  await services.db.write(async (tx) => {
    requireChangeable(await holdContact(tx, contactId), caller);
    await deleteFinders(tx, [contactId]);
    await deleteContactRow(tx, contactId);
  });
}

/** @throws PliError `already_exists` {field: addresses} */
async function find(tx: Tx, row: ContactsTable, content: ContactContent): Promise<void> {
  const { contact_id, book_id } = row;
  const addresses = keysOf(content).map((address_key) => ({ book_id, address_key, contact_id }));
  const words = wordsOf(content).map((word) => ({ book_id, word, contact_id }));
  if (!(await insertFinders(tx, addresses, words))) {
    throw new PliError("already_exists", { details: { field: "addresses" } });
  }
}
