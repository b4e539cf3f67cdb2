/** The contacts a member sees: their own and the organisation's, by name or as found (M23). */
import { PliError } from "@pli/core/errors";
import type { Contact, Page } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import type { Services } from "../../services.ts";
import { searchKey } from "../correspondents/index.ts";
import { describeContact } from "./contact-row.ts";
import { booksOf, mayChange } from "./contacts.policy.ts";
import { contactIdsBeginning, contactsByIds, contactsOfBook } from "./contacts.queries.ts";
import type { ContactsTable } from "./contacts.table.ts";

/** So many are looked at for a search, whatever is typed. */
const FOUND = 200;
const WORDS = 5;

export interface ContactFilter {
  readonly q?: string;
  readonly book?: "mine" | "shared";
  readonly cursor?: string;
  readonly limit: number;
}

/** A page; of a search there is one. @throws PliError `bad_input` {field: cursor} */
export async function listContacts(
  services: Services,
  caller: MemberCaller,
  filter: ContactFilter,
): Promise<Page<Contact>> {
  const [own, shared] = booksOf(caller);
  const books = filter.book === undefined ? [own, shared] : [filter.book === "mine" ? own : shared];
  const cursor = readCursor(filter.cursor);
  const on = services.db.read;
  const prefixes = filter.q === undefined ? [] : searchWords(filter.q);
  const rows: ContactsTable[] = [];
  for (const book of books) {
    const found =
      prefixes.length > 0
        ? await contactsByIds(on, [...(await contactIdsBeginning(on, book, prefixes, FOUND))])
        : await contactsOfBook(on, book, cursor, filter.limit + 1);
    rows.push(...found);
  }
  rows.sort(byName);
  const shown = rows.slice(0, filter.limit);
  const items = shown.map((row) => describeContact(row, mayChange(row, caller)));
  const last = shown.at(-1);
  const more = prefixes.length === 0 && rows.length > filter.limit && last !== undefined;
  return more ? { items, next: writeCursor(last) } : { items };
}

/** What was typed as beginnings of words, the longest first: it has the fewest matches. */
export function searchWords(typed: string): string[] {
  const words = searchKey(typed)
    .split(/[\s,;"'’()/]+/u)
    .filter((word) => word !== "");
  return words.toSorted((a, b) => b.length - a.length).slice(0, WORDS);
}

/** As the database orders it, by bytes. */
function byName(a: ContactsTable, b: ContactsTable): number {
  const order = Buffer.compare(Buffer.from(a.sort_key), Buffer.from(b.sort_key));
  return order === 0 ? (a.contact_id < b.contact_id ? -1 : 1) : order;
}

function writeCursor({ sort_key, contact_id }: ContactsTable): string {
  return Buffer.from(`${contact_id} ${sort_key}`).toString("base64url");
}

function readCursor(cursor: string | undefined): { sortKey: string; contactId: string } | null {
  if (cursor === undefined) return null;
  const [, contactId, sortKey] = /^([0-9A-Za-z]{26}) ([^\0]*)$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (contactId === undefined || sortKey === undefined) {
    throw new PliError("bad_input", { details: { field: "cursor" } });
  }
  return { sortKey, contactId };
}
