/** SQL of what belongs to a sent envelope itself: its parts, and what is sealed for its author. */
import { preparedInsert, preparedRead, type Reader } from "../../platform/database/index.ts";
import type { EnvelopesTable, PartsTable, SealsTable, StoredEnvelopeState } from "./envelopes.table.ts";

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

const partRowsOfGrant = preparedRead<{ grantId: string }, PartsTable>((db, { grantId }) =>
  db
    .selectFrom("grants")
    .innerJoin("parts", "parts.envelope_id", "grants.envelope_id")
    .selectAll("parts")
    .where("grants.grant_id", "=", grantId)
    .orderBy("parts.part"),
);

/** The parts that a grant opens, for who knows the grant alone. */
export async function partsOfGrant(on: Reader, grantId: string): Promise<readonly PartsTable[]> {
  return await partRowsOfGrant(on, { grantId });
}

/** The parts of several envelopes, by envelope, in their order. */
export async function partsOfAll(
  on: Reader,
  envelopeIds: readonly string[],
): Promise<ReadonlyMap<string, readonly PartsTable[]>> {
  if (envelopeIds.length === 0) return new Map();
  const rows = await on
    .selectFrom("parts")
    .selectAll()
    .where("envelope_id", "in", envelopeIds)
    .orderBy("envelope_id")
    .orderBy("part")
    .execute();
  return Map.groupBy(rows, (row) => row.envelope_id);
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
