/** Contacts: rows in clear, each in one book, with the addresses and words that find them. */
import type { Language } from "@pli/core/wire";

export interface ContactsTable {
  contact_id: string;
  organisation_id: string;
  /** A member's id for their own, the organisation's for those shared: ids are of one kind and never the same. */
  book_id: string;
  /** Who put it there. */
  member_id: string;
  version: number;
  sort_key: string;
  name: string | null;
  /** JSON: texts, the first is the one to write to. */
  addresses: string;
  mobile: string | null;
  language: Language | null;
  company: string | null;
  note: string | null;
  created_at_ms: number;
  changed_at_ms: number;
}
/** No address is in two contacts of a book: the key says so. */
export interface ContactAddressesTable {
  book_id: string;
  address_key: string;
  contact_id: string;
}
export interface ContactWordsTable {
  book_id: string;
  /** A word of the name or company, an address, its parts, the number; a domain as `@example.org`. */
  word: string;
  contact_id: string;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    contacts: ContactsTable;
    contact_addresses: ContactAddressesTable;
    contact_words: ContactWordsTable;
  }
}
