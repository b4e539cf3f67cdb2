/** SQL of envelopes and parts. Those that change something take a Tx. */
import type { Language, NotifyMe } from "@pli/core/wire";
import { type SqlBool, sql } from "kysely";
import {
  forUpdate,
  preparedInsert,
  preparedRead,
  preparedWrite,
  type Reader,
  type Tx,
} from "../../platform/database/index.ts";
import type { EnvelopesTable, PartsTable, SealsTable, StoredEnvelopeState } from "./envelopes.table.ts";

const insertEnvelopeRows = preparedInsert<EnvelopesTable>("envelopes", [
  "envelope_id",
  "organisation_id",
  "kind",
  "state",
  "member_id",
  "device_sha256",
  "from_grant_id",
  "from_address",
  "from_name",
  "in_reply_to",
  "revision",
  "generations",
  "created_at_ms",
  "expires_at_ms",
  "notify_unread",
  "part_count",
  "size_bytes",
  "recipients_count",
  "opened_count",
  "content_gone",
]);

export interface NewDraft {
  readonly envelopeId: string;
  readonly organisationId: string;
  readonly memberId: string;
  readonly nowMs: number;
  readonly expiresAtMs: number;
  readonly reply?: {
    readonly deviceSha256: string;
    readonly grantId: string;
    readonly address: string;
    readonly name: string | null;
    readonly inReplyTo: string;
  };
}

export async function insertDraft(tx: Tx, draft: NewDraft): Promise<void> {
  await insertEnvelopeRows(tx, [
    {
      envelope_id: draft.envelopeId,
      organisation_id: draft.organisationId,
      kind: draft.reply === undefined ? "message" : "reply",
      state: "draft",
      member_id: draft.memberId,
      device_sha256: draft.reply?.deviceSha256 ?? null,
      from_grant_id: draft.reply?.grantId ?? null,
      from_address: draft.reply?.address ?? null,
      from_name: draft.reply?.name ?? null,
      in_reply_to: draft.reply?.inReplyTo ?? null,
      revision: 0,
      generations: "{}",
      created_at_ms: draft.nowMs,
      sent_at_ms: null,
      take_back_until_ms: null,
      expires_at_ms: draft.expiresAtMs,
      ended_at_ms: null,
      read_at_ms: null,
      notify: null,
      notify_unread: 1,
      reference: null,
      part_count: 0,
      size_bytes: 0,
      recipients_count: 0,
      opened_count: 0,
      commitment: null,
      content_gone: 0,
    },
  ]);
}

const envelopeRows = preparedRead<{ envelopeId: string }, EnvelopesTable>((db, values) =>
  db.selectFrom("envelopes").selectAll().where("envelope_id", "=", values.envelopeId),
);

export async function findEnvelope(on: Reader, envelopeId: string): Promise<EnvelopesTable | null> {
  return (await envelopeRows(on, { envelopeId }))[0] ?? null;
}

const heldEnvelopeRows = preparedRead<{ envelopeId: string }, EnvelopesTable>((db, values) =>
  forUpdate(db, db.selectFrom("envelopes").selectAll().where("envelope_id", "=", values.envelopeId)),
);

/** The envelope, which nobody else changes until the transaction ends. Held before any of its grants: two who do it otherwise block each other. */
export async function holdEnvelope(tx: Tx, envelopeId: string): Promise<EnvelopesTable | null> {
  return (await heldEnvelopeRows(tx, { envelopeId }))[0] ?? null;
}

/** How many replies to this envelope a grant's readers have begun. */
export async function countReplies(on: Reader, envelopeId: string, grantId: string): Promise<number> {
  const row = await on
    .selectFrom("envelopes")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("in_reply_to", "=", envelopeId)
    .where("from_grant_id", "=", grantId)
    .where("content_gone", "=", 0)
    .executeTakeFirst();
  return row?.count ?? 0;
}

export interface SentMessage {
  readonly envelopeId: string;
  readonly revision: number;
  readonly sentAtMs: number;
  readonly takeBackUntilMs: number | null;
  readonly expiresAtMs: number;
  readonly notify: NotifyMe | null;
  readonly notifyUnread: 0 | 1;
  readonly reference: string | null;
  readonly partCount: number;
  readonly sizeBytes: number;
  readonly recipients: number;
  readonly commitment: string;
}

/** Turns a draft into a sent envelope, if it still is the draft that was checked. Resolves to 1, or 0 when it is not. */
export const markSent = preparedWrite<SentMessage>((db, values) =>
  db
    .updateTable("envelopes")
    .set({
      state: "sent",
      sent_at_ms: values.sentAtMs,
      take_back_until_ms: values.takeBackUntilMs,
      expires_at_ms: values.expiresAtMs,
      notify: values.notify,
      notify_unread: values.notifyUnread,
      reference: values.reference,
      part_count: values.partCount,
      size_bytes: values.sizeBytes,
      recipients_count: values.recipients,
      opened_count: 0,
      commitment: values.commitment,
    })
    .where("envelope_id", "=", values.envelopeId)
    .where("state", "=", "draft")
    .where("revision", "=", values.revision)
    .where("expires_at_ms", ">", values.sentAtMs),
);

export const insertSeals = preparedInsert<SealsTable>("seals", [
  "envelope_id",
  "sealed_sender_key",
  "sealed_key",
  "sealed_summary",
]);

export async function findSeals(on: Reader, envelopeId: string): Promise<SealsTable | null> {
  const row = await on.selectFrom("seals").selectAll().where("envelope_id", "=", envelopeId).executeTakeFirst();
  return row ?? null;
}

/** The seals of several envelopes, by envelope. */
export async function sealsOfAll(on: Reader, envelopeIds: readonly string[]): Promise<ReadonlyMap<string, SealsTable>> {
  if (envelopeIds.length === 0) return new Map();
  const rows = await on.selectFrom("seals").selectAll().where("envelope_id", "in", envelopeIds).execute();
  return new Map(rows.map((row) => [row.envelope_id, row]));
}

export const insertParts = preparedInsert<PartsTable>("parts", [
  "envelope_id",
  "part",
  "generation",
  "chunks",
  "size_bytes",
  "sha256",
]);

const partRows = preparedRead<{ envelopeId: string }, PartsTable>((db, { envelopeId }) =>
  db.selectFrom("parts").selectAll().where("envelope_id", "=", envelopeId).orderBy("part"),
);

export async function partsOf(on: Reader, envelopeId: string): Promise<readonly PartsTable[]> {
  return await partRows(on, { envelopeId });
}

/** A sent envelope becomes a draft again; its grants and part list go. */
export async function reopenDraft(tx: Tx, envelopeId: string, expiresAtMs: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("envelopes")
    .set((row) => ({
      state: "draft",
      sent_at_ms: null,
      take_back_until_ms: null,
      expires_at_ms: expiresAtMs,
      commitment: null,
      recipients_count: 0,
      opened_count: 0,
      revision: row("revision", "+", 1),
    }))
    .where("envelope_id", "=", envelopeId)
    .where("state", "=", "sent")
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await tx.deleteFrom("seals").where("envelope_id", "=", envelopeId).execute();
  await tx.deleteFrom("parts").where("envelope_id", "=", envelopeId).execute();
  await tx.deleteFrom("grants").where("envelope_id", "=", envelopeId).execute();
  await tx.deleteFrom("copy_requests").where("envelope_id", "=", envelopeId).execute();
  return true;
}

/** Notes that a part of a draft goes: its number may come again under the next generation. */
export async function renewPart(tx: Tx, envelopeId: string, revision: number, generations: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("envelopes")
    .set({ generations, revision: revision + 1 })
    .where("envelope_id", "=", envelopeId)
    .where("state", "=", "draft")
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Removes a draft as if it had never been. */
export async function deleteDraft(tx: Tx, envelopeId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("envelopes")
    .where("envelope_id", "=", envelopeId)
    .where("state", "=", "draft")
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Ends an envelope: every key that opens it goes in this one transaction (Z8), whatever becomes of its blobs. */
export async function endEnvelope(
  tx: Tx,
  envelopeId: string,
  state: Exclude<StoredEnvelopeState, "draft" | "sent">,
  nowMs: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("envelopes")
    .set({ state, ended_at_ms: nowMs })
    .where("envelope_id", "=", envelopeId)
    .where("state", "=", "sent")
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await tx.updateTable("seals").set({ sealed_key: null }).where("envelope_id", "=", envelopeId).execute();
  await tx
    .updateTable("grants")
    .set({ wrapped_key: null, sealed_secret: null, open_until_ms: null })
    .where("envelope_id", "=", envelopeId)
    .execute();
  return true;
}

/** Replies that are still being written to a message, or from one of its grants, end with it. @returns their ids */
export async function revokeUnsentReplies(
  tx: Tx,
  to: { readonly envelopeId: string; readonly grantId?: string },
  nowMs: number,
): Promise<readonly string[]> {
  let query = tx
    .updateTable("envelopes")
    .set({ state: "revoked", ended_at_ms: nowMs })
    .where("state", "=", "draft")
    .where("in_reply_to", "=", to.envelopeId);
  if (to.grantId !== undefined) query = query.where("from_grant_id", "=", to.grantId);
  return (await query.returning("envelope_id").execute()).map((row) => row.envelope_id);
}

export async function markContentGone(tx: Tx, envelopeId: string): Promise<void> {
  await tx.updateTable("envelopes").set({ content_gone: 1 }).where("envelope_id", "=", envelopeId).execute();
}

// The conditions of partial indexes, in the words of the migration: with values bound apart, no engine would see that they are the same.
const ENDS_BY_ITSELF = sql<SqlBool>`content_gone = 0 and (state = 'draft' or kind = 'reply')`;
const TO_ERASE = sql<SqlBool>`content_gone = 0 and state in ('revoked', 'expired', 'destroyed')`;

/** Ended envelopes whose blobs are still there: a crash came between. */
export async function endedWithContent(on: Reader, limit: number): Promise<readonly string[]> {
  const rows = await on.selectFrom("envelopes").select("envelope_id").where(TO_ERASE).limit(limit).execute();
  return rows.map((row) => row.envelope_id);
}

/** Drafts and replies whose time is over. */
export async function overdueWithoutGrants(
  on: Reader,
  nowMs: number,
  limit: number,
): Promise<readonly { envelope_id: string; state: StoredEnvelopeState }[]> {
  return await on
    .selectFrom("envelopes")
    .select(["envelope_id", "state"])
    .where(ENDS_BY_ITSELF)
    .where("expires_at_ms", "<=", nowMs)
    .where("state", "in", ["draft", "sent"])
    .orderBy("expires_at_ms")
    .limit(limit)
    .execute();
}

export async function markRead(tx: Tx, envelopeId: string, nowMs: number): Promise<void> {
  await tx
    .updateTable("envelopes")
    .set({ read_at_ms: nowMs })
    .where("envelope_id", "=", envelopeId)
    .where("read_at_ms", "is", null)
    .execute();
}

export async function setEnvelopeExpiry(tx: Tx, envelopeId: string, expiresAtMs: number): Promise<void> {
  await tx
    .updateTable("envelopes")
    .set({ expires_at_ms: expiresAtMs })
    .where("envelope_id", "=", envelopeId)
    .where("state", "=", "sent")
    .execute();
}

export interface PartLocation {
  readonly envelope_id: string;
  readonly generation: number;
  readonly chunks: number;
  readonly size_bytes: number;
}

export interface MemberPart extends PartLocation {
  readonly member_id: string;
  readonly kind: EnvelopesTable["kind"];
  readonly state: StoredEnvelopeState;
  readonly expires_at_ms: number;
}

/** A part of a sent envelope, with what decides whether a member may read it. */
export const partForMember = preparedRead<{ envelopeId: string; part: number }, MemberPart>((db, values) =>
  db
    .selectFrom("parts")
    .innerJoin("envelopes", "envelopes.envelope_id", "parts.envelope_id")
    .select([
      "parts.envelope_id",
      "generation",
      "chunks",
      "parts.size_bytes",
      "member_id",
      "kind",
      "state",
      "envelopes.expires_at_ms",
    ])
    .where("parts.envelope_id", "=", values.envelopeId)
    .where("parts.part", "=", values.part),
);

/** A member as others read them: by name or, before the first welcome, by address. */
export const shownName = sql<string>`case when members.name = '' then members.address else members.name end`;

export interface PartyRow {
  readonly member_id: string;
  readonly name: string;
  readonly address: string;
  readonly language: Language;
  readonly time_zone: string;
  readonly organisation: string;
}

/** The member behind an envelope, as recipients and mails name them. */
export const memberOf = preparedRead<{ memberId: string }, PartyRow>((db, values) =>
  db
    .selectFrom("members")
    .innerJoin("organisations", "organisations.organisation_id", "members.organisation_id")
    .select([
      "members.member_id",
      shownName.as("name"),
      "members.address",
      "members.language",
      "members.time_zone",
      "organisations.name as organisation",
    ])
    .where("members.member_id", "=", values.memberId),
);
