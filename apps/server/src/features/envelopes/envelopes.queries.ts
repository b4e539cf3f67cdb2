/** SQL of envelopes, from draft to sent and back. Those that change something take a Tx. */
import type { Language, NotifyMe, Protect } from "@pli/core/wire";
import { sql } from "kysely";
import {
  forUpdate,
  preparedInsert,
  preparedRead,
  preparedWrite,
  type Reader,
  type Tx,
} from "../../platform/database/index.ts";
import type { EnvelopesTable } from "./envelopes.table.ts";

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
  "protect",
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
  /** The message whose author answers in its conversation. */
  readonly answers?: string;
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
      kind: draft.reply !== undefined ? "reply" : draft.answers !== undefined ? "answer" : "message",
      state: "draft",
      member_id: draft.memberId,
      device_sha256: draft.reply?.deviceSha256 ?? null,
      from_grant_id: draft.reply?.grantId ?? null,
      from_address: draft.reply?.address ?? null,
      from_name: draft.reply?.name ?? null,
      in_reply_to: draft.reply?.inReplyTo ?? draft.answers ?? null,
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
      protect: "message",
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
  readonly protect: Protect;
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
      protect: values.protect,
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

export async function markRead(tx: Tx, envelopeId: string, nowMs: number): Promise<void> {
  await tx
    .updateTable("envelopes")
    .set({ read_at_ms: nowMs })
    .where("envelope_id", "=", envelopeId)
    .where("read_at_ms", "is", null)
    .execute();
}

export async function markUnread(tx: Tx, envelopeId: string): Promise<void> {
  await tx.updateTable("envelopes").set({ read_at_ms: null }).where("envelope_id", "=", envelopeId).execute();
}

export async function setEnvelopeExpiry(tx: Tx, envelopeId: string, expiresAtMs: number): Promise<void> {
  await tx
    .updateTable("envelopes")
    .set({ expires_at_ms: expiresAtMs })
    .where("envelope_id", "=", envelopeId)
    .where("state", "=", "sent")
    .execute();
}

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
