/** A contact as rows, and back. Pure. */
import type { Contact, ContactContent } from "@pli/core/wire";
import { addressKey, domainOf, searchKey } from "../correspondents/index.ts";
import { iso } from "../envelopes/index.ts";
import type { ContactsTable } from "./contacts.table.ts";

const WORD_CHARACTERS = 254;
/** Some characters become eighteen without their marks: as much of a name as puts it into its place, and into a cursor. */
const SORT_CHARACTERS = 120;

/** What a contact is found by; sorted, so that writers hold them in one order. */
export function wordsOf(content: ContactContent): string[] {
  const words = new Set<string>();
  for (const text of [content.name, content.company]) {
    for (const word of searchKey(text ?? "").split(/[\s,;"'’()./-]+/u)) words.add(word);
  }
  for (const address of content.addresses) {
    const key = addressKey(address);
    words.add(key);
    words.add(`@${domainOf(address)}`);
    words.add(domainOf(address));
    for (const piece of key.slice(0, key.lastIndexOf("@")).split(/[._+-]+/)) words.add(piece);
  }
  if (content.mobile !== undefined) words.add(content.mobile);
  words.delete("");
  return [...words].map((word) => word.slice(0, WORD_CHARACTERS)).sort();
}

export function keysOf(content: ContactContent): string[] {
  return content.addresses.map(addressKey).sort();
}

/** The columns that say what it is. */
export function columnsOf(content: ContactContent) {
  const [first = ""] = content.addresses;
  return {
    sort_key: searchKey(content.name ?? first)
      .slice(0, SORT_CHARACTERS)
      .toWellFormed(),
    name: content.name ?? null,
    addresses: JSON.stringify(content.addresses),
    mobile: content.mobile ?? null,
    language: content.language ?? null,
    company: content.company ?? null,
    note: content.note ?? null,
  };
}

export function contentOf(row: ContactsTable): ContactContent {
  return {
    ...(row.name === null ? {} : { name: row.name }),
    addresses: JSON.parse(row.addresses) as string[],
    ...(row.mobile === null ? {} : { mobile: row.mobile }),
    ...(row.language === null ? {} : { language: row.language }),
    ...(row.company === null ? {} : { company: row.company }),
    ...(row.note === null ? {} : { note: row.note }),
  };
}

export function describeContact(row: ContactsTable, editable: boolean): Contact {
  return {
    contactId: row.contact_id,
    version: row.version,
    ...contentOf(row),
    shared: row.book_id === row.organisation_id,
    editable,
    changedAt: iso(row.changed_at_ms),
  };
}
