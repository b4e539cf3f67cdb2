/** Whom each member wrote to: for completion, and to notice who is new (M1, M10). */
import type { Language } from "@pli/core/wire";

export interface CorrespondentsTable {
  member_id: string;
  /** The address in small letters. */
  address_key: string;
  organisation_id: string;
  /** Or the number of whom one reaches by that alone. */
  address: string;
  /** Empty of a number. */
  domain: string;
  name: string | null;
  /** Without accents, in small letters: as it stands, and with its last word first. */
  name_key: string | null;
  last_key: string | null;
  /** Of the last message (M7). */
  language: Language;
  /** 0: it never was a person's choice for them, only what their mails were in. */
  language_chosen: number;
  /** The number that a code or link went to last (M4). */
  mobile: string | null;
  sends: number;
  last_at_ms: number;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    correspondents: CorrespondentsTable;
  }
}
