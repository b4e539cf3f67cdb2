/**
 * SQL of replies to all (migration 0011): whom one reaches, and the grants of a reply that hang on those of the message that it answers. Those that
 * change something take a Tx.
 */
import { sql } from "kysely";
import { preparedRead, type Reader, type Tx } from "../../platform/database/index.ts";
import type { GrantsTable } from "./envelopes.table.ts";

/**
 * Grants of a message whose readers a reply to all reaches: visible, by mail, without a password that its writer would have to share, and ended
 * neither by the sender nor by the clock. Used up is no end here: the reply has openings of its own.
 */
export async function reachableGrants(
  on: Reader,
  messageId: string,
  nowMs: number,
): Promise<readonly Omit<GrantsTable, "wrapped_key" | "sealed_secret">[]> {
  return await on
    .selectFrom("grants")
    .selectAll()
    .where("envelope_id", "=", messageId)
    .where("type", "in", ["to", "cc"])
    .where("delivery", "=", "mail")
    .where("state", "in", ["active", "used_up"])
    .where("password_params", "is", null)
    .where("expires_at_ms", ">", nowMs)
    .orderBy("position")
    .orderBy("grant_id")
    .execute();
}

const runningOpening = preparedRead<
  { grantId: string; deviceSha256: string; nowMs: number },
  { readonly grant_id: string }
>((db, values) =>
  db
    .selectFrom("openings")
    .select("grant_id")
    .where("grant_id", "=", values.grantId)
    .where("device_sha256", "=", values.deviceSha256)
    .where("open_until_ms", ">", values.nowMs),
);

/** Whether an opening of this grant runs on this device. */
export async function isOpening(
  on: Reader,
  grantId: string,
  deviceSha256: string | null,
  nowMs: number,
): Promise<boolean> {
  return deviceSha256 !== null && (await runningOpening(on, { grantId, deviceSha256, nowMs })).length > 0;
}

type HangingGrant = Pick<GrantsTable, "grant_id" | "envelope_id" | "organisation_id">;

/** Living grants of replies that hang on this one. */
export async function hangingOn(on: Reader, grantId: string): Promise<readonly HangingGrant[]> {
  return await on
    .selectFrom("grants")
    .select(["grant_id", "envelope_id", "organisation_id"])
    .where("of_grant_id", "=", grantId)
    .where("wrapped_key", "is not", null)
    .orderBy("grant_id")
    .execute();
}

/** What hangs on a grant never lives longer than it. */
export async function shortenHanging(tx: Tx, grantId: string, expiresAtMs: number): Promise<void> {
  await tx
    .updateTable("grants")
    .set({ expires_at_ms: expiresAtMs })
    .where("of_grant_id", "=", grantId)
    .where("expires_at_ms", ">", expiresAtMs)
    .execute();
}

/** The grants of several replies, by reply. */
export async function readersOfReplies(
  on: Reader,
  envelopeIds: readonly string[],
): Promise<ReadonlyMap<string, readonly GrantsTable[]>> {
  if (envelopeIds.length === 0) return new Map();
  const rows = await on
    .selectFrom("grants")
    .selectAll()
    .where("envelope_id", "in", envelopeIds)
    .orderBy("envelope_id")
    .orderBy("position")
    .execute();
  return Map.groupBy(rows, (row) => row.envelope_id);
}

/** Who wrote the reply that a grant opens, as its readers may know them. */
export interface WriterRow {
  /** Null where nobody but the sender knew them: a name is the sender's own word for somebody. */
  readonly name: string | null;
  readonly address: string;
}

/** The writer of the reply behind a grant. */
export const writerOf = preparedRead<{ grantId: string }, WriterRow>((db, { grantId }) =>
  db
    .selectFrom("grants")
    .innerJoin("envelopes", "envelopes.envelope_id", "grants.envelope_id")
    .innerJoin("grants as written", "written.grant_id", "envelopes.from_grant_id")
    .select([
      sql<string | null>`case when written.type = 'bcc' then null else written.name end`.as("name"),
      "written.address",
    ])
    .where("grants.grant_id", "=", grantId),
);
