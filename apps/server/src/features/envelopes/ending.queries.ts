/** SQL of how envelopes end: their keys first, and what is left to erase. Those that change something take a Tx. */
import { type SqlBool, sql } from "kysely";
import type { Reader, Tx } from "../../platform/database/index.ts";
import type { StoredEnvelopeState } from "./envelopes.table.ts";
import { eraseThreadKeys } from "./threads.queries.ts";

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
  await eraseKeys(tx, envelopeId);
  return true;
}

/** Every key of an envelope that has ended. */
export async function eraseKeys(tx: Tx, envelopeId: string): Promise<void> {
  await tx.updateTable("seals").set({ sealed_key: null }).where("envelope_id", "=", envelopeId).execute();
  await tx
    .updateTable("grants")
    .set({ wrapped_key: null, sealed_secret: null, open_until_ms: null })
    .where("envelope_id", "=", envelopeId)
    .execute();
  await eraseThreadKeys(tx, { envelopeId });
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
