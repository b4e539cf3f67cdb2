/**
 * The words of every mail that Pli sends, by language: facts in, words out. Layout, escaping and headers are the server's
 * (apps/server/src/features/notifications). A mail never carries the subject, the text or a file name of a message (M11).
 */
import type { DeliveryReason } from "@pli/core/wire";
import type { Language } from "../languages.ts";
import { mailTexts as de } from "./de.ts";
import { mailTexts as en } from "./en.ts";
import { mailTexts as fr } from "./fr.ts";
import { mailTexts as nl } from "./nl.ts";

/** Facts of each kind of mail. Times in ms since 1970; time zones are IANA names of the sender or member. */
export interface MailFacts {
  /** To a recipient: a sealed message waits. */
  readonly message: {
    readonly senderName: string;
    readonly senderAddress: string;
    readonly expiresAtMs: number;
    readonly timeZone: string;
    readonly openings: number;
    readonly password: boolean;
    /** A code by SMS is asked as well; absent: none. */
    readonly sms?: boolean;
    /** The message was sent before: its sender said more in the conversation. */
    readonly answer?: boolean;
    /** It is a reply to all, and its writer no member: the member whose message it answers. */
    readonly conversation?: { readonly name: string; readonly address: string };
  };
  /** To a recipient: the mailbox code; `reference` stands on the page as well. */
  readonly code: { readonly reference: string; readonly minutes: number; readonly senderName?: string };
  /** To the sender: a recipient opened. */
  readonly opened: {
    readonly recipient: string;
    readonly atMs: number;
    readonly timeZone: string;
    readonly openingsLeft: number;
    readonly reference?: string;
  };
  /** To the sender: destroyed, and these never opened it. */
  readonly unread: {
    readonly recipients: readonly string[];
    readonly sentAtMs: number;
    readonly atMs: number;
    readonly timeZone: string;
    readonly reference?: string;
  };
  /** To the sender: an answer arrived. */
  readonly reply: {
    readonly from: string;
    readonly atMs: number;
    readonly timeZone: string;
    readonly reference?: string;
  };
  /** To the sender: a recipient asks for a new copy, or reports. */
  readonly copy_request: {
    readonly recipient: string;
    readonly reason: "new_copy" | "not_me" | "not_for_me";
    readonly atMs: number;
    readonly timeZone: string;
    readonly reference?: string;
  };
  /** To the sender: a notification came to nothing. */
  readonly bounced: {
    readonly recipient: string;
    readonly address: string;
    /** Of a reply to all: who wrote it. */
    readonly writer?: string;
    readonly reasonCode: DeliveryReason;
    readonly statusCode?: string;
    readonly atMs: number;
    readonly timeZone: string;
    readonly reference?: string;
  };
  /** To a member: the code that confirms a session which is open; `reference` stands on the page as well. */
  readonly confirm: { readonly reference: string; readonly minutes: number };
  /** To a member: the operator's own words to all (A3). */
  readonly news: Announcement;
  readonly maintenance: Announcement;
  /** To a member: the link that signs in. */
  readonly sign_in: { readonly memberName: string; readonly minutes: number };
  /** To a member: something changed at their ways to sign in. */
  readonly security: {
    readonly event:
      | "passkey_added"
      | "passkey_removed"
      | "totp_added"
      | "totp_removed"
      | "second_step_on"
      | "second_step_off"
      | "recovery_codes_made"
      | "recovery_code_used"
      | "sms_added"
      | "sms_changed"
      | "sms_removed"
      | "replies_on"
      | "replies_off";
    /** Of the passkey; the number, masked */
    readonly name?: string;
    /** Recovery codes that still work. */
    readonly left?: number;
    readonly atMs: number;
    readonly timeZone: string;
  };
}
export type MailKind = keyof MailFacts;

export interface Announcement {
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

/** What a mail says; every string is plain text. */
export interface MailWords {
  readonly subject: string;
  readonly heading: string;
  readonly lead: readonly string[];
  /** Label of the one button; absent where there is nothing to press. */
  readonly action?: string;
  /** Under the button: what will happen. */
  readonly next?: string;
  readonly rows: readonly MailRow[];
  /** How to tell it from a fraud. */
  readonly genuine: { readonly question: string; readonly answer: string };
  readonly footer: readonly string[];
}
export interface MailRow {
  readonly label: string;
  readonly value: string;
  readonly detail?: string;
}

/** What the words need to know of the house: its name, and the host that links lead to. */
export interface MailHouse {
  readonly organisation: string;
  readonly host: string;
}

export type MailTexts = {
  readonly [K in MailKind]: (facts: MailFacts[K], house: MailHouse) => MailWords;
} & {
  /** Above the plain address of the button's link. */
  readonly copyLink: string;
  readonly codeLabel: string;
  /** Label of the link that ends mails of one kind. */
  readonly stop: string;
};

const BY_LANGUAGE: Readonly<Record<Language, MailTexts>> = { fr, en, nl, de };

/** The mail texts of `language`. */
export function mailTexts(language: Language): MailTexts {
  return BY_LANGUAGE[language];
}

export { type LocalMailboxTexts, localMailboxTexts } from "./local-mailbox.ts";
export { STOPPABLE, type StoppableKind, type StopTexts, stopTexts } from "./stop.ts";
