/** SQL of conversations: replies and answers to one message, and which grant reads them. Those that change something take a Tx. */
import { type Expression, expressionBuilder, type SqlBool } from "kysely";
import { preparedRead, type Reader, type Schema, type Tx } from "../../platform/database/index.ts";
import type { EnvelopesTable, StoredEnvelopeState } from "./envelopes.table.ts";
import type { PartLocation } from "./parts.queries.ts";
import type { ThreadKeysTable } from "./threads.table.ts";

export async function insertThreadKeys(tx: Tx, rows: readonly ThreadKeysTable[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto("thread_keys").values(rows).execute();
}

/** What a conversation's keys are of: an entry of it, or a grant that has ended. */
export async function eraseThreadKeys(
  tx: Tx,
  of: { readonly envelopeId: string } | { readonly grantId: string },
): Promise<void> {
  if ("grantId" in of) {
    await tx.deleteFrom("thread_keys").where("grant_id", "=", of.grantId).execute();
    return;
  }
  const { envelopeId } = of;
  await tx.deleteFrom("thread_keys").where("envelope_id", "=", envelopeId).execute();
  // Of a message: the keys of its recipients' conversations.
  const grants = tx.selectFrom("grants").select("grant_id").where("envelope_id", "=", envelopeId);
  await tx.deleteFrom("thread_keys").where("grant_id", "in", grants).execute();
}

/** Answers of the sender end with the message that they belong to. @returns their ids */
export async function endAnswers(
  tx: Tx,
  messageId: string,
  state: Exclude<StoredEnvelopeState, "draft" | "sent">,
  nowMs: number,
): Promise<readonly string[]> {
  const rows = await tx
    .updateTable("envelopes")
    .set({ state, ended_at_ms: nowMs })
    .where("in_reply_to", "=", messageId)
    .where("kind", "=", "answer")
    .where("state", "in", ["sent", "draft"])
    .returning("envelope_id")
    .execute();
  const ids = rows.map((row) => row.envelope_id);
  if (ids.length > 0) await tx.updateTable("seals").set({ sealed_key: null }).where("envelope_id", "in", ids).execute();
  return ids;
}

/** Answers to this message, drafts too. */
export async function countAnswers(on: Reader, messageId: string): Promise<number> {
  const row = await on
    .selectFrom("envelopes")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("in_reply_to", "=", messageId)
    .where("kind", "=", "answer")
    .where("content_gone", "=", 0)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Whether another reply from the same grant arrived since then. */
export async function repliedSince(
  on: Reader,
  reply: Pick<EnvelopesTable, "envelope_id" | "in_reply_to" | "from_grant_id">,
  sinceMs: number,
): Promise<boolean> {
  const row = await on
    .selectFrom("envelopes")
    .select("envelope_id")
    .where("in_reply_to", "=", reply.in_reply_to)
    .where("from_grant_id", "=", reply.from_grant_id)
    .where("envelope_id", "!=", reply.envelope_id)
    .where("sent_at_ms", ">=", sinceMs)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** When each of these grants was last told of an answer by mail. */
export async function lastMailed(on: Reader, grantIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (grantIds.length === 0) return new Map();
  const rows = await on
    .selectFrom("thread_keys")
    .select((e) => ["grant_id", e.fn.max("mailed_at_ms").as("at_ms")])
    .where("grant_id", "in", grantIds)
    .groupBy("grant_id")
    .execute();
  return new Map(rows.flatMap((row) => (row.at_ms === null ? [] : [[row.grant_id, Number(row.at_ms)] as const])));
}

/** `sentAtMs-envelopeId` of the last one shown. */
export type ThreadCursor = string | null;

/** Older than the last one shown. */
function olderThan(cursor: NonNullable<ThreadCursor>): Expression<SqlBool> {
  const [sentAtMs = "", envelopeId = ""] = cursor.split("-");
  const is = expressionBuilder<Schema, "envelopes">();
  return is.or([
    is("envelopes.sent_at_ms", "<", Number(sentAtMs)),
    is.and([is("envelopes.sent_at_ms", "=", Number(sentAtMs)), is("envelopes.envelope_id", "<", envelopeId)]),
  ]);
}

/** What was said after a message, as its sender has it, newest first. */
export async function threadOf(
  on: Reader,
  messageId: string,
  page: { readonly cursor: ThreadCursor; readonly limit: number; readonly nowMs: number },
): Promise<readonly EnvelopesTable[]> {
  let query = on
    .selectFrom("envelopes")
    .selectAll()
    .where("in_reply_to", "=", messageId)
    .where("state", "=", "sent")
    .where("expires_at_ms", ">", page.nowMs)
    .orderBy("sent_at_ms", "desc")
    .orderBy("envelope_id", "desc")
    .limit(page.limit);
  if (page.cursor !== null) query = query.where(olderThan(page.cursor));
  return await query.execute();
}

/** Grants that read these answers, by answer. */
export async function readersOf(
  on: Reader,
  envelopeIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (envelopeIds.length === 0) return new Map();
  const rows = await on
    .selectFrom("thread_keys")
    .select(["envelope_id", "grant_id"])
    .where("envelope_id", "in", envelopeIds)
    .orderBy("grant_id")
    .execute();
  const byEnvelope = Map.groupBy(rows, (row) => row.envelope_id);
  return new Map([...byEnvelope].map(([id, readers]) => [id, readers.map((reader) => reader.grant_id)]));
}

export type GrantThreadRow = Pick<EnvelopesTable, "envelope_id" | "sent_at_ms" | "kind"> &
  Pick<ThreadKeysTable, "wrapped_key">;

/** The same as one grant reads it. */
export async function threadOfGrant(
  on: Reader,
  grantId: string,
  page: { readonly cursor: ThreadCursor; readonly limit: number; readonly nowMs: number },
): Promise<readonly GrantThreadRow[]> {
  let query = on
    .selectFrom("thread_keys")
    .innerJoin("envelopes", "envelopes.envelope_id", "thread_keys.envelope_id")
    .select(["envelopes.envelope_id", "sent_at_ms", "kind", "wrapped_key"])
    .where("grant_id", "=", grantId)
    .where("state", "=", "sent")
    .where("expires_at_ms", ">", page.nowMs)
    .orderBy("sent_at_ms", "desc")
    .orderBy("envelopes.envelope_id", "desc")
    .limit(page.limit);
  if (page.cursor !== null) query = query.where(olderThan(page.cursor));
  return await query.execute();
}

export interface ThreadPart extends PartLocation {
  readonly open_until_ms: number;
  readonly grant_expires_at_ms: number;
  readonly grant_key: string | null;
  readonly state: StoredEnvelopeState;
  readonly expires_at_ms: number;
}

/** A part of an entry, with all that decides whether this device reads it. */
export const threadPart = preparedRead<
  { grantId: string; deviceSha256: string; envelopeId: string; part: number },
  ThreadPart
>((db, values) =>
  db
    .selectFrom("thread_keys")
    .innerJoin("openings", "openings.grant_id", "thread_keys.grant_id")
    .innerJoin("grants", "grants.grant_id", "thread_keys.grant_id")
    .innerJoin("envelopes", "envelopes.envelope_id", "thread_keys.envelope_id")
    .innerJoin("parts", "parts.envelope_id", "thread_keys.envelope_id")
    .select([
      "openings.open_until_ms",
      "grants.expires_at_ms as grant_expires_at_ms",
      "grants.wrapped_key as grant_key",
      "envelopes.state",
      "envelopes.expires_at_ms",
      "parts.envelope_id",
      "parts.generation",
      "parts.chunks",
      "parts.size_bytes",
    ])
    .where("thread_keys.grant_id", "=", values.grantId)
    .where("thread_keys.envelope_id", "=", values.envelopeId)
    .where("openings.device_sha256", "=", values.deviceSha256)
    .where("parts.part", "=", values.part),
);
