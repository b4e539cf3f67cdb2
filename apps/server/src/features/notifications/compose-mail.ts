/**
 * From a row of the outbox to the mail that goes out: words in the reader's language, links with their secret, both forms. The result
 * holds the secret in clear: it lives in memory until it is handed over, and is never logged.
 */
import {
  type MailFacts,
  type MailHouse,
  type MailKind,
  type MailRow,
  type MailWords,
  mailTexts,
} from "@pli/texts/mail";
import { type MailAddress, type OutgoingMail, oneLine, type ReturnPaths } from "../../platform/smtp/index.ts";
import { readSecret, wordsInClear } from "./clear-text.ts";
import { layoutHtml } from "./layout-html.ts";
import { layoutText } from "./layout-text.ts";
import type { OutboxTable } from "./outbox.table.ts";

export interface House {
  readonly origin: string;
  readonly organisation: string;
  /** PLI_MAIL_FROM */
  readonly mailFrom: string;
  /** Null where bounces are not taken. */
  readonly returnPaths?: ReturnPaths | null;
  /** Where its receiver ends mails of this kind by one request (RFC 8058); null where they cannot. */
  readonly stopLink?: string | null;
}

/** @param secret what the row's secret opened to; null when it has none */
export function composeMail(row: OutboxTable, secret: string | null, house: House, nowMs: number): OutgoingMail {
  // A row of the channel `mail`: `enqueue` was typed so.
  const kind = row.kind as MailKind;
  const facts = named(
    cleaned(JSON.parse(row.facts), isAnnouncement(kind) ? PARAGRAPH_CHARACTERS : 254) as MailFacts[typeof kind],
  );
  const organisation = oneLine(house.organisation, 120);
  const names: MailHouse = { organisation, host: new URL(house.origin).host };
  const texts = mailTexts(row.language);
  // The row's facts were typed by its kind when it was ordered; the compiler cannot follow that through the database.
  const sealed = (texts[kind] as (facts: MailFacts[typeof kind], house: MailHouse) => MailWords)(facts, names);
  const { linkSecret, clear } = readSecret(secret);
  const words = clear === null ? sealed : wordsInClear(row.language, sealed, clear, facts as MailFacts["message"]);
  const layout = {
    language: row.language,
    organisation,
    host: names.host,
    words: { ...words, rows: words.rows.map(withoutEcho) },
    link: linkOf(row, linkSecret, house.origin),
    code: row.kind === "code" || row.kind === "confirm" ? secret : null,
    codeLabel: texts.codeLabel,
    copyLink: texts.copyLink,
    stopLink: house.stopLink ?? null,
    stop: texts.stop,
  };
  return {
    messageId: `<${row.mail_id}@${house.mailFrom.split("@").at(-1) ?? "localhost"}>`,
    ...senderOf(row, facts, organisation, house.mailFrom),
    ...(house.returnPaths == null
      ? {}
      : {
          returnPath: {
            address: house.returnPaths.addressOf(row.mail_id),
            envelopeId: house.returnPaths.envelopeIdOf(row.mail_id),
          },
        }),
    to: { name: "", address: row.address },
    subject: oneLine(words.subject),
    text: layoutText(layout),
    html: layoutHtml(layout),
    language: row.language,
    ...(house.stopLink == null ? {} : { stopLink: house.stopLink }),
    atMs: nowMs,
    ...(row.request_id === null ? {} : { requestId: row.request_id }),
  };
}

/** Where the button leads. The secret is in the fragment, which browsers never send. */
function linkOf(row: OutboxTable, secret: string | null, origin: string): string | null {
  switch (row.kind) {
    case "message":
      return `${origin}/o/${row.grant_id}#${secret ?? ""}`;
    case "sign_in":
      return `${origin}/app/sign-in#${secret ?? ""}`;
    case "reply":
      return `${origin}/app/received/${row.envelope_id}`;
    case "opened":
    case "unread":
    case "copy_request":
    case "bounced":
      return `${origin}/app/sent/${row.envelope_id}`;
    case "security":
      return `${origin}/app/settings#security`;
    default:
      return null;
  }
}

/** A message comes in its sender's name, from our own address; an answer by mail goes to the sender. */
function senderOf(
  row: OutboxTable,
  facts: MailFacts[keyof MailFacts],
  organisation: string,
  mailFrom: string,
): { from: MailAddress; replyTo?: MailAddress } {
  if (row.kind !== "message") return { from: { name: organisation, address: mailFrom } };
  const { senderName, senderAddress, conversation } = facts as MailFacts["message"];
  // Who answers to all is no member: nothing in the head of the mail may look as if they were.
  if (conversation !== undefined) {
    return { from: { name: organisation, address: mailFrom }, replyTo: { name: "", address: senderAddress } };
  }
  return {
    from: { name: `${senderName}, ${organisation}`, address: mailFrom },
    replyTo: { name: senderName, address: senderAddress },
  };
}

/** A member who has not said their name yet is called by their address; where there is none either, nobody is named. */
function named(facts: MailFacts[keyof MailFacts]): MailFacts[keyof MailFacts] {
  if (!("senderName" in facts) || facts.senderName !== "") return facts;
  if ("senderAddress" in facts) return { ...facts, senderName: facts.senderAddress };
  const { senderName: _, ...others } = facts;
  return others;
}

/** Somebody without a name is called by their address: once is enough. */
function withoutEcho({ detail, ...row }: MailRow): MailRow {
  return detail === undefined || detail === row.value ? row : { ...row, detail };
}

/** The operator's own words, which are longer than names. */
const PARAGRAPH_CHARACTERS = 2000;
const isAnnouncement = (kind: MailKind) => kind === "news" || kind === "maintenance";

/** Names and addresses in facts were typed by people: one line each, so that no header or layout can be forged. */
function cleaned(value: unknown, most: number): unknown {
  if (typeof value === "string") return oneLine(value, most);
  if (Array.isArray(value)) return value.map((one) => cleaned(one, most));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cleaned(one, most)]));
}
