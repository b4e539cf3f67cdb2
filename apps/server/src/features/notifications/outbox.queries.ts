/** SQL of the outbox. A row is worked on by whoever holds its lease; every change of a leased row names the lease. */
import { type ExpressionBuilder, type SqlBool, sql } from "kysely";
import {
  type Db,
  deleteBefore,
  forUpdate,
  forUpdateSkippingHeld,
  preparedInsert,
  type Reader,
  type Schema,
  type Tx,
} from "../../platform/database/index.ts";
import type { MailDeliveriesTable } from "./deliveries.table.ts";
import type { ChannelName, OutboxState, OutboxTable } from "./outbox.table.ts";

export const insertMails = preparedInsert<OutboxTable>("outbox", [
  "mail_id",
  "organisation_id",
  "channel",
  "kind",
  "state",
  "address",
  "language",
  "envelope_id",
  "grant_id",
  "facts",
  "secret",
  "created_at_ms",
  "next_try_at_ms",
  "give_up_at_ms",
  "tries",
  "lease_owner",
  "lease_until_ms",
  "ended_at_ms",
  "reason",
  "request_id",
  "traceparent",
]);

/**
 * Calls off the held mails of an envelope, all or none. Those that were called off before, with their grant or by an earlier taking
 * back, told nobody: they do not stand in the way.
 * @returns false when one of them was already tried, is being sent, or is due
 */
export async function cancelHeldMails(tx: Tx, envelopeId: string, nowMs: number): Promise<boolean> {
  // Held in one order, so that no node takes one of them meanwhile.
  await forUpdate(
    tx,
    tx
      .selectFrom("outbox")
      .select("mail_id")
      .where("envelope_id", "=", envelopeId)
      .where("kind", "=", "message")
      .orderBy("mail_id"),
  ).execute();
  const gone = await tx
    .selectFrom("outbox")
    .select("mail_id")
    .where("envelope_id", "=", envelopeId)
    .where("kind", "=", "message")
    .where((is) =>
      is.or([
        is("state", "not in", ["waiting", "cancelled"]),
        is("tries", ">", 0),
        is("lease_until_ms", ">", nowMs),
        is.and([is("state", "=", "waiting"), is("next_try_at_ms", "<=", nowMs)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  if (gone !== undefined) return false;
  await tx
    .updateTable("outbox")
    .set({ state: "cancelled", secret: null, ended_at_ms: nowMs })
    .where("envelope_id", "=", envelopeId)
    .where("kind", "=", "message")
    .where("state", "=", "waiting")
    .execute();
  return true;
}

/** Calls off whatever still waits for these grants. */
export async function cancelMailsOfGrants(tx: Tx, grantIds: readonly string[], nowMs: number): Promise<void> {
  if (grantIds.length === 0) return;
  await tx
    .updateTable("outbox")
    .set({ state: "cancelled", secret: null, ended_at_ms: nowMs })
    .where("grant_id", "in", grantIds)
    .where("state", "=", "waiting")
    .where("kind", "in", ["message", "code"])
    .execute();
}

// The conditions of partial indexes, in the words of the migration: with values bound apart, no engine would see that they are the same.
const WAITING = sql<SqlBool>`state = 'waiting'`;
const NOT_KEPT = sql<SqlBool>`state <> 'waiting' and kind <> 'message'`;

const CHANNELS = 2;

/** Where a channel is missing its mails wait, until their time is over. */
function takenBy({ channels, nowMs }: { readonly channels: readonly ChannelName[]; readonly nowMs: number }) {
  return (is: ExpressionBuilder<Schema, "outbox">) =>
    is.or([is("give_up_at_ms", "<=", nowMs), ...(channels.length === 0 ? [] : [is("channel", "in", channels)])]);
}

/** Takes up to `count` due mails for `owner`, oldest first: those that one of `channels` takes, and those that are to be given up. */
export async function leaseDueMails(
  tx: Tx,
  lease: {
    readonly owner: string;
    readonly nowMs: number;
    readonly untilMs: number;
    readonly count: number;
    readonly channels: readonly ChannelName[];
  },
): Promise<readonly OutboxTable[]> {
  // A list of its own, made once: as a subquery it could be made again for each row, and take more than it should.
  return await tx
    .with("due", (db) =>
      forUpdateSkippingHeld(
        tx,
        db
          .selectFrom("outbox")
          .select("mail_id")
          .where(WAITING)
          .where("next_try_at_ms", "<=", lease.nowMs)
          .where("lease_until_ms", "<=", lease.nowMs)
          .$if(lease.channels.length < CHANNELS, (query) => query.where(takenBy(lease)))
          .orderBy("next_try_at_ms")
          .limit(lease.count),
      ),
    )
    .updateTable("outbox")
    .set({ lease_owner: lease.owner, lease_until_ms: lease.untilMs })
    .where("mail_id", "in", (is) => is.selectFrom("due").select("due.mail_id"))
    .where("state", "=", "waiting")
    .where("lease_until_ms", "<=", lease.nowMs)
    .returningAll()
    .execute();
}

/** Keeps the leases of mails that are still being sent. */
export async function extendLeases(tx: Tx, owner: string, mailIds: readonly string[], untilMs: number): Promise<void> {
  await tx
    .updateTable("outbox")
    .set({ lease_until_ms: untilMs })
    .where("mail_id", "in", mailIds)
    .where("lease_owner", "=", owner)
    .where("state", "=", "waiting")
    .execute();
}

/** Whether the mail is still to be sent by `owner`: asked right before it goes out. */
export async function isStillLeased(on: Reader, mailId: string, owner: string): Promise<boolean> {
  const row = await on
    .selectFrom("outbox")
    .select("mail_id")
    .where("mail_id", "=", mailId)
    .where("state", "=", "waiting")
    .where("lease_owner", "=", owner)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Ends a mail and erases its secret. Accepted by a relay is accepted, also when it was called off meanwhile or is another node's by now: that
 * is the truth. It fails only by who holds its lease, and only as long as somebody waits for it.
 * @returns false when nothing is changed
 */
export async function endMail(
  tx: Tx,
  mailId: string,
  end: {
    readonly state: Extract<OutboxState, "accepted" | "failed">;
    readonly owner: string;
    readonly atMs: number;
    readonly reason: string | null;
  },
): Promise<boolean> {
  const mail = tx.updateTable("outbox").where("mail_id", "=", mailId);
  const ours =
    end.state === "accepted"
      ? mail.where("state", "in", ["waiting", "cancelled"])
      : mail.where("state", "=", "waiting").where("lease_owner", "=", end.owner);
  const { numUpdatedRows } = await ours
    .set((row) => ({
      state: end.state,
      secret: null,
      facts: "{}",
      tries: row("tries", "+", 1),
      ended_at_ms: end.atMs,
      reason: end.reason,
      lease_owner: null,
      lease_until_ms: 0,
    }))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** After a try that did not work: when the next one is due, and why. @returns false when it is no longer ours to try */
export async function postponeMail(
  tx: Tx,
  mailId: string,
  owner: string,
  next: { readonly atMs: number; readonly reason: string | null; readonly counts: boolean },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("outbox")
    .set((row) => ({
      next_try_at_ms: next.atMs,
      tries: row("tries", "+", next.counts ? 1 : 0),
      reason: next.reason,
      lease_owner: null,
      lease_until_ms: 0,
    }))
    .where("mail_id", "=", mailId)
    .where("lease_owner", "=", owner)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Its receiver does not want it any more: it never goes out. */
export async function dropMail(tx: Tx, mailId: string, owner: string, atMs: number): Promise<void> {
  await tx
    .updateTable("outbox")
    .set({ state: "cancelled", secret: null, facts: "{}", ended_at_ms: atMs, lease_owner: null, lease_until_ms: 0 })
    .where("mail_id", "=", mailId)
    .where("lease_owner", "=", owner)
    .where("state", "=", "waiting")
    .execute();
}

/** A mail as it stands, held until the transaction ends. */
export async function holdMail(tx: Tx, mailId: string): Promise<OutboxTable | undefined> {
  return await forUpdate(tx, tx.selectFrom("outbox").selectAll().where("mail_id", "=", mailId)).executeTakeFirst();
}

/** Whether a lease would get anything: a read, so that looking often costs no write. */
export async function hasDueMails(on: Reader, nowMs: number, channels: readonly ChannelName[]): Promise<boolean> {
  const row = await on
    .selectFrom("outbox")
    .select("mail_id")
    .where(WAITING)
    .where("next_try_at_ms", "<=", nowMs)
    .where("lease_until_ms", "<=", nowMs)
    .$if(channels.length < CHANNELS, (query) => query.where(takenBy({ channels, nowMs })))
    .orderBy("next_try_at_ms")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export interface GrantMail
  extends Pick<
    OutboxTable,
    "grant_id" | "state" | "tries" | "created_at_ms" | "next_try_at_ms" | "ended_at_ms" | "reason"
  > {
  /** The latest word on it, where there is one. */
  readonly source: MailDeliveriesTable["source"] | null;
  readonly delivery_state: MailDeliveriesTable["state"] | null;
  readonly reason_code: MailDeliveriesTable["reason_code"] | null;
  readonly status_code: string | null;
  readonly delivery_reason: string | null;
  readonly delivery_at_ms: number | null;
}

/** The mails with links of these grants, oldest first. */
export async function linkMailsOfGrants(on: Reader, grantIds: readonly string[]): Promise<readonly GrantMail[]> {
  if (grantIds.length === 0) return [];
  return await on
    .selectFrom("outbox")
    .leftJoin("mail_deliveries as news", "news.mail_id", "outbox.mail_id")
    .select([
      "grant_id",
      "outbox.state",
      "tries",
      "created_at_ms",
      "next_try_at_ms",
      "ended_at_ms",
      "outbox.reason",
      "news.source",
      "news.state as delivery_state",
      "news.reason_code",
      "news.status_code",
      "news.reason as delivery_reason",
      "news.at_ms as delivery_at_ms",
    ])
    .where("grant_id", "in", grantIds)
    .where("kind", "=", "message")
    .orderBy("grant_id")
    .orderBy("outbox.mail_id")
    .execute();
}

/** Forgets ended mails that no page shows any more: all but those with links, whose state the sender follows. */
export async function deleteEndedMails(db: Db, beforeMs: number): Promise<void> {
  await deleteBefore(db, "outbox", "ended_at_ms", beforeMs, NOT_KEPT);
}
