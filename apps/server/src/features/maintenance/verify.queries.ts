/** SQL of the verification: what belongs together, a page of envelopes at a time; and the few changes that mend. */
import type { RegisterEvent } from "@pli/core/wire";
import { forUpdate, type Reader, type Tx } from "../../platform/database/index.ts";
import type { EnvelopesTable, GrantsTable, PartsTable } from "../envelopes/index.ts";

export interface JournalCount {
  readonly envelope_id: string;
  readonly grant_id: string | null;
  readonly event: RegisterEvent;
  readonly entries: number;
  readonly first_at_ms: number;
}

/** Everything of some envelopes. */
export interface EnvelopeRows {
  readonly envelope: EnvelopesTable;
  readonly hasMember: boolean;
  readonly hasSealedKey: boolean;
  readonly grants: readonly GrantsTable[];
  readonly parts: readonly PartsTable[];
  readonly events: readonly JournalCount[];
}

export async function envelopeIdsAfter(on: Reader, afterId: string, limit: number): Promise<readonly string[]> {
  const rows = await on
    .selectFrom("envelopes")
    .select("envelope_id")
    .where("envelope_id", ">", afterId)
    .orderBy("envelope_id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.envelope_id);
}

export async function rowsOf(on: Reader, ids: readonly string[]): Promise<readonly EnvelopeRows[]> {
  if (ids.length === 0) return [];
  const envelopes = await on
    .selectFrom("envelopes")
    .selectAll()
    .where("envelope_id", "in", ids)
    .orderBy("envelope_id")
    .execute();
  const memberIds = [...new Set(envelopes.map((row) => row.member_id))];
  const members = await on.selectFrom("members").select("member_id").where("member_id", "in", memberIds).execute();
  const seals = await on.selectFrom("seals").selectAll().where("envelope_id", "in", ids).execute();
  const grants = await on.selectFrom("grants").selectAll().where("envelope_id", "in", ids).execute();
  const parts = await on.selectFrom("parts").selectAll().where("envelope_id", "in", ids).orderBy("part").execute();
  const events = await on
    .selectFrom("journal")
    .select((row) => [
      "envelope_id",
      "grant_id",
      "event",
      row.fn.countAll<number>().as("entries"),
      row.fn.min("at_ms").as("first_at_ms"),
    ])
    .where("envelope_id", "in", ids)
    .groupBy(["envelope_id", "grant_id", "event"])
    .execute();
  const known = new Set(members.map((row) => row.member_id));
  const sealed = new Set(seals.filter((row) => row.sealed_key !== null).map((row) => row.envelope_id));
  const byEnvelope = <T extends { readonly envelope_id: string }>(rows: readonly T[]) =>
    Map.groupBy(rows, (row) => row.envelope_id);
  const [grantsOf, partsOf, eventsOf] = [byEnvelope(grants), byEnvelope(parts), byEnvelope(events)];
  return envelopes.map((envelope) => ({
    envelope,
    hasMember: known.has(envelope.member_id),
    hasSealedKey: sealed.has(envelope.envelope_id),
    grants: grantsOf.get(envelope.envelope_id) ?? [],
    parts: partsOf.get(envelope.envelope_id) ?? [],
    events: eventsOf.get(envelope.envelope_id) ?? [],
  }));
}

/** Envelopes that are not there and of which rows are left, with keys or without. */
export async function strayRows(on: Reader, limit: number): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const table of ["grants", "seals", "parts"] as const) {
    const rows = await on
      .selectFrom(table)
      .select(`${table}.envelope_id`)
      .distinct()
      .where((row) =>
        row.not(
          row.exists(
            row
              .selectFrom("envelopes")
              .select("envelopes.envelope_id")
              .whereRef("envelopes.envelope_id", "=", `${table}.envelope_id`),
          ),
        ),
      )
      .limit(limit)
      .execute();
    for (const { envelope_id } of rows) found.add(envelope_id);
  }
  return [...found];
}

/** Mails that have ended and keep their secret. */
export async function mailsWithSecret(on: Reader, limit: number): Promise<readonly string[]> {
  const rows = await on
    .selectFrom("outbox")
    .select("mail_id")
    .where("state", "!=", "waiting")
    .where("secret", "is not", null)
    .limit(limit)
    .execute();
  return rows.map((row) => row.mail_id);
}

/** Members whose keyring counts its slots wrongly. */
export async function miscountedKeyrings(on: Reader): Promise<readonly { member_id: string; slots: number }[]> {
  const rows = await on
    .selectFrom("keyrings")
    .select((row) => [
      "keyrings.member_id",
      "keyrings.slot_count",
      row
        .selectFrom("key_slots")
        .select((slot) => slot.fn.countAll<number>().as("slots"))
        .whereRef("key_slots.member_id", "=", "keyrings.member_id")
        .as("slots"),
    ])
    .execute();
  return rows
    .filter((row) => Number(row.slots ?? 0) !== row.slot_count)
    .map((row) => ({ member_id: row.member_id, slots: Number(row.slots ?? 0) }));
}

/** Erases the key of a right that has ended; of one that was used up when its hour was over at `overMs`. Its sender may have given it more since. */
export async function eraseGrantKey(tx: Tx, grantId: string, overMs: number): Promise<void> {
  await tx
    .updateTable("grants")
    .set({ wrapped_key: null, sealed_secret: null, open_until_ms: null })
    .where("grant_id", "=", grantId)
    .where((row) =>
      row.or([
        row("state", "in", ["revoked", "expired"]),
        row("state", "=", "used_up").and(row.or([row("open_until_ms", "is", null), row("open_until_ms", "<", overMs)])),
      ]),
    )
    .execute();
}

/** Counts again who opened. The envelope is held: a first opening counts itself there. */
export async function correctOpenedCount(tx: Tx, envelopeId: string): Promise<void> {
  const envelope = tx.selectFrom("envelopes").select("envelope_id").where("envelope_id", "=", envelopeId);
  await forUpdate(tx, envelope).execute();
  await tx
    .updateTable("envelopes")
    .set((row) => ({
      opened_count: row
        .selectFrom("grants")
        .select((grant) => grant.fn.countAll<number>().as("opened"))
        .where("grants.envelope_id", "=", envelopeId)
        .where("grants.first_opened_at_ms", "is not", null),
    }))
    .where("envelope_id", "=", envelopeId)
    .execute();
}

export async function deleteStrayRows(tx: Tx, envelopeId: string): Promise<void> {
  for (const table of ["grants", "seals", "parts"] as const) {
    await tx.deleteFrom(table).where("envelope_id", "=", envelopeId).execute();
  }
}

export async function eraseMailSecrets(tx: Tx, mailIds: readonly string[]): Promise<void> {
  await tx
    .updateTable("outbox")
    .set({ secret: null })
    .where("mail_id", "in", mailIds)
    .where("state", "!=", "waiting")
    .execute();
}

/** Counts the slots of a keyring again, which is held: whoever adds or removes one holds it, too. */
export async function correctSlotCount(tx: Tx, memberId: string): Promise<void> {
  await forUpdate(tx, tx.selectFrom("keyrings").select("member_id").where("member_id", "=", memberId)).execute();
  await tx
    .updateTable("keyrings")
    .set((row) => ({
      slot_count: row
        .selectFrom("key_slots")
        .select((slot) => slot.fn.countAll<number>().as("slots"))
        .where("key_slots.member_id", "=", memberId),
    }))
    .where("member_id", "=", memberId)
    .execute();
}
