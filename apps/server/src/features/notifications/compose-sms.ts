/**
 * From a row of the outbox to the SMS that goes out: words in the reader's language, the link or the code. The result holds the secret in
 * clear: it lives in memory until it is handed over, and is never logged.
 */
import { type SmsFacts, type SmsKind, smsTexts } from "@pli/texts/sms";
import { foldToGsm7, type OutgoingSms } from "../../platform/sms/index.ts";
import { oneLine } from "../../platform/smtp/index.ts";
import type { House } from "./compose-mail.ts";
import type { OutboxTable } from "./outbox.table.ts";

const NAME_CHARACTERS = 40;

/** @param secret what the row's secret opened to; null when it has none */
export function composeSms(row: OutboxTable, secret: string | null, house: House, nowMs: number): OutgoingSms {
  return { id: row.mail_id, to: row.address, text: foldToGsm7(textOf(row, secret ?? "", house.origin)), atMs: nowMs };
}

function textOf(row: OutboxTable, secret: string, origin: string): string {
  const texts = smsTexts(row.language);
  const host = new URL(origin).host;
  // A row of the channel `sms`: `enqueue` was typed so.
  switch (row.kind as SmsKind) {
    case "message": {
      const facts = factsOf<"message">(row);
      return texts.message({ ...facts, link: `${origin}/o/${row.grant_id}#${secret}` });
    }
    case "code": {
      const text = texts.code({ ...factsOf<"code">(row), code: secret, host });
      // The last line lets telephones fill the code in on our pages alone (origin-bound one-time codes, WICG).
      return `${text}\n\n@${host.replace(/:\d+$/, "")} #${secret}`;
    }
    case "secret":
      // Of a secret the envelope is the secret itself.
      return texts.secret({ ...factsOf<"secret">(row), link: `${origin}/s/${row.envelope_id}#${secret}` });
  }
}

/** Names were typed by people: one line each, and short. */
function factsOf<K extends SmsKind>(row: OutboxTable): SmsFacts[K] {
  const facts = JSON.parse(row.facts) as SmsFacts[K];
  if (!("senderName" in facts) || facts.senderName === undefined) return facts;
  return { ...facts, senderName: oneLine(facts.senderName, NAME_CHARACTERS) };
}
