/**
 * Writing down what became of a message's notification, in the transaction of the fact: the row that its sender's page shows, the journal's
 * entry, and, when it came to nothing, one mail to the sender. Only notifications of messages: nobody follows the others.
 */
import type { Tx } from "../../platform/database/index.ts";
import type { Explained } from "../../platform/smtp/index.ts";
import type { Services } from "../../services.ts";
import { appendJournal } from "../journal/index.ts";
import { putDelivery, senderOfGrant } from "./deliveries.queries.ts";
import type { DeliveryState, MailDeliveriesTable } from "./deliveries.table.ts";
import { enqueue } from "./enqueue.ts";
import type { OutboxTable } from "./outbox.table.ts";

export interface DeliveryNews {
  readonly source: MailDeliveriesTable["source"];
  readonly state: DeliveryState;
  readonly explained: Explained;
  readonly reason: string | null;
  readonly atMs: number;
  /** Whether it is the first time that it is so: told once, however often it is found again. */
  readonly isNew: boolean;
}

type FollowedMail = Pick<OutboxTable, "mail_id" | "kind" | "organisation_id" | "envelope_id" | "grant_id" | "address">;

const EVENTS = {
  delayed: "notification_delayed",
  delivered: "notification_delivered",
  failed: "notification_failed",
} as const;

/** Whoever calls has made sure, by a condition in this transaction, that it is news. */
export async function noteDelivery(services: Services, tx: Tx, mail: FollowedMail, news: DeliveryNews): Promise<void> {
  if (mail.kind !== "message" || mail.envelope_id === null) return;
  const { statusCode, reasonCode } = news.explained;
  await putDelivery(tx, {
    mail_id: mail.mail_id,
    source: news.source,
    state: news.state,
    reason_code: reasonCode,
    status_code: statusCode,
    reason: news.reason,
    at_ms: news.atMs,
  });
  if (!news.isNew) return;
  await appendJournal(tx, [
    {
      envelopeId: mail.envelope_id,
      organisationId: mail.organisation_id,
      atMs: news.atMs,
      event: EVENTS[news.state],
      ...(mail.grant_id === null ? {} : { grantId: mail.grant_id }),
      ...(news.state === "delivered" ? {} : { facts: { reasonCode, ...(statusCode === null ? {} : { statusCode }) } }),
    },
  ]);
  if (news.state === "failed") await tellSender(services, tx, mail, news);
}

/** M21: the sender hears of it by mail, as long as there is something to be done about it. */
async function tellSender(services: Services, tx: Tx, mail: FollowedMail, news: DeliveryNews): Promise<void> {
  if (mail.grant_id === null || mail.envelope_id === null) return;
  const sender = await senderOfGrant(tx, mail.grant_id);
  if (sender === undefined) return;
  const { statusCode, reasonCode } = news.explained;
  await enqueue(services, tx, {
    kind: "bounced",
    to: sender.address,
    language: sender.language,
    organisationId: mail.organisation_id,
    envelopeId: sender.in_reply_to ?? mail.envelope_id,
    facts: {
      recipient: sender.recipient_name ?? mail.address,
      ...(sender.from_address === null ? {} : { writer: sender.from_address }),
      address: mail.address,
      reasonCode,
      ...(statusCode === null ? {} : { statusCode }),
      atMs: news.atMs,
      timeZone: sender.time_zone,
      ...(sender.reference === null ? {} : { reference: sender.reference }),
    },
  });
}
