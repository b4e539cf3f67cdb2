/**
 * Ordering mails, inside the transaction of the fact that they tell: either both are kept or none. Never sends by itself.
 */
import type { GrantStatus } from "@pli/core/wire";
import { afterCommit, newId, type Reader, type Tx } from "../../platform/database/index.ts";
import { currentWork } from "../../platform/telemetry/index.ts";
import type { Services } from "../../services.ts";
import { writeSecret } from "./clear-text.ts";
import type { Mail, Sms } from "./mail.ts";
import {
  cancelHeldMails,
  cancelMailsOfGrants,
  type GrantMail,
  insertMails,
  linkMailsOfGrants,
} from "./outbox.queries.ts";
import type { OutboxTable } from "./outbox.table.ts";
import { outboxSecrets } from "./outbox-secret.ts";
import { wakeOutbox } from "./wake.ts";

type Order = Mail | Sms;
type Needs = Pick<Services, "db" | "clock" | "keys">;

const GIVE_UP_AFTER_MS = 5 * 24 * 3_600_000;

/** Orders mails and SMS by one statement; the outbox takes them up after the commit, or when their time has come. */
export async function enqueue(services: Needs, tx: Tx, mails: Order | readonly Order[]): Promise<void> {
  const list = Array.isArray(mails) ? (mails as readonly Order[]) : [mails as Order];
  if (list.length === 0) return;
  await insertMails(
    tx,
    list.map((mail) => rowOf(services, mail, "waiting")),
  );
  afterCommit(tx, () => wakeOutbox(services.db));
}

/**
 * Does everything that ordering does, for a mail that nobody shall get: asking for a sign-in link costs the same whether the
 * address is a member's or not.
 */
export async function enqueueForNobody(services: Services, tx: Tx, mail: Mail): Promise<void> {
  const row = rowOf(services, mail, "cancelled");
  await insertMails(tx, [{ ...row, ended_at_ms: row.created_at_ms }]);
  afterCommit(tx, () => wakeOutbox(services.db));
}

/** Takes the held notifications of an envelope back, all or none. @returns false when it is too late */
export async function cancelHeld(services: Services, tx: Tx, envelopeId: string): Promise<boolean> {
  return await cancelHeldMails(tx, envelopeId, services.clock.now());
}

/** Grants that were revoked or ended: what still waits for them is never sent. */
export async function cancelGrants(services: Services, tx: Tx, grantIds: readonly string[]): Promise<void> {
  await cancelMailsOfGrants(tx, grantIds, services.clock.now());
}

export type NotificationState = NonNullable<GrantStatus["notification"]>;

/** State of the last notification per grant. Grants without one (delivery by link, called off) are absent. */
export async function notificationStates(
  on: Reader,
  grantIds: readonly string[],
): Promise<ReadonlyMap<string, NotificationState>> {
  const states = new Map<string, NotificationState>();
  for (const mail of await linkMailsOfGrants(on, grantIds)) {
    if (mail.grant_id !== null && mail.state !== "cancelled") states.set(mail.grant_id, stateOf(mail));
  }
  return states;
}

function stateOf(mail: GrantMail): NotificationState {
  const at = new Date(mail.ended_at_ms ?? mail.next_try_at_ms).toISOString();
  const why = {
    ...(mail.reason_code === null ? {} : { reasonCode: mail.reason_code }),
    ...(mail.status_code === null ? {} : { statusCode: mail.status_code }),
  };
  if (mail.state === "waiting") {
    if (mail.tries > 0) return { state: "delayed", at, ...reasonOf(mail.reason), ...why };
    return { state: mail.next_try_at_ms > mail.created_at_ms ? "held" : "waiting", at };
  }
  // Our relay's earlier words are void once it has taken the mail; those of a server behind it are not.
  if (mail.source === "report" && mail.delivery_state !== null) {
    const newsAt = new Date(mail.delivery_at_ms ?? 0).toISOString();
    if (mail.delivery_state === "delivered") return { state: "delivered", at: newsAt };
    return { state: mail.delivery_state, at: newsAt, ...reasonOf(mail.delivery_reason), ...why };
  }
  if (mail.state === "failed") return { state: "failed", at, ...reasonOf(mail.reason), ...why };
  return { state: "accepted", at };
}

function reasonOf(reason: string | null): { readonly reason?: string } {
  return reason === null ? {} : { reason };
}

function rowOf(services: Needs, mail: Order, state: OutboxTable["state"]): OutboxTable {
  const nowMs = services.clock.now();
  const mailId = newId(nowMs);
  const work = currentWork();
  return {
    mail_id: mailId,
    organisation_id: mail.organisationId,
    channel: mail.channel ?? "mail",
    kind: mail.kind,
    state,
    address: mail.to,
    language: mail.language,
    envelope_id: mail.envelopeId ?? null,
    grant_id: mail.grantId ?? null,
    facts: JSON.stringify(mail.facts),
    secret:
      mail.linkSecret === undefined || state !== "waiting"
        ? null
        : outboxSecrets(services.keys).seal(mailId, writeSecret(mail.linkSecret, mail.clear)),
    created_at_ms: nowMs,
    next_try_at_ms: Math.max(nowMs, mail.notBeforeMs ?? nowMs),
    give_up_at_ms: Math.min(mail.giveUpAtMs ?? Number.POSITIVE_INFINITY, nowMs + GIVE_UP_AFTER_MS),
    tries: 0,
    lease_owner: null,
    lease_until_ms: 0,
    ended_at_ms: null,
    reason: null,
    request_id: work?.id ?? null,
    traceparent: work?.span?.traceparent ?? null,
  };
}
