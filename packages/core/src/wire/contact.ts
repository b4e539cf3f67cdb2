/**
 * Contacts and the people a member writes to (spec: messages.md M1, M7, M10, M23). Plain on the server, as recipients' addresses are (Z14):
 * a contact is a member's own or shared with the organisation; history is a member's own alone.
 */
import type { Language } from "./account.ts";

/** What a person keeps about somebody. */
export interface ContactContent {
  readonly name?: string;
  /** The first is the one to write to. No address is in two contacts of one book. */
  readonly addresses: readonly string[];
  /** E.164: `+32470123456` */
  readonly mobile?: string;
  /** Of mails and pages for them (M7). */
  readonly language?: Language;
  readonly company?: string;
  readonly note?: string;
}

/** `POST /api/v1/contacts` → 201 Contact. `Idempotency-Key` honoured. `already_exists` {field: addresses}. */
export interface ContactCreation extends ContactContent {
  /** In the organisation's book instead of one's own. */
  readonly shared?: boolean;
}
/** `PUT /api/v1/contacts/:id`: all of it anew, made from `version`; `conflict` {state: changed} when somebody was faster. */
export interface ContactChange extends ContactCreation {
  readonly version: number;
}
/** `GET /api/v1/contacts?q=&book=mine|shared&cursor=&limit=` by name; with `q` one page of those found. `DELETE /api/v1/contacts/:id`. */
export interface Contact extends ContactContent {
  readonly contactId: string;
  readonly version: number;
  readonly shared: boolean;
  /** Mine, or shared by me, or I administer the organisation. */
  readonly editable: boolean;
  readonly changedAt: string;
}

/** `POST /api/v1/contacts/import`: rows of a file, each judged by itself. With `dryRun` nothing is kept. */
export interface ContactImport {
  readonly contacts: readonly ContactContent[];
  readonly shared?: boolean;
  readonly dryRun?: boolean;
}
export type ImportOutcome = "added" | "updated" | "unchanged" | "refused";
export interface ContactImportAnswer {
  /** One for each row, in order. */
  readonly rows: readonly {
    readonly outcome: ImportOutcome;
    /** Of a refused row: which field; `addresses` also for two known contacts that it would join, `shared` for one that is not mine to change. */
    readonly field?: string;
  }[];
}

/** Somebody known: from the contacts, from what was sent, or both. */
export interface KnownRecipient {
  readonly address: string;
  readonly name?: string;
  readonly company?: string;
  readonly language?: Language;
  readonly mobile?: string;
  /** In my contacts or in the organisation's. */
  readonly contactId?: string;
  readonly shared?: boolean;
  /** Messages that I sent there. */
  readonly sends: number;
  readonly lastSentAt?: string;
}
/** `GET /api/v1/recipients?q=`: whose name, a word of it, company or address begins so; `POST /api/v1/recipients/look-up` {addresses}: those known. */
export interface KnownRecipients {
  readonly items: readonly KnownRecipient[];
}
export interface RecipientLookUp {
  readonly addresses: readonly string[];
}
/** `GET /api/v1/recipients/circle`: whom I wrote to last, and every domain of mine and of the contacts. */
export interface RecipientCircle extends KnownRecipients {
  readonly domains: readonly string[];
}
/** `POST /api/v1/recipients/forget` → 204: is not proposed any more, and new when written to again. Contacts stay. */
export interface RecipientForgetting {
  readonly address: string;
}
