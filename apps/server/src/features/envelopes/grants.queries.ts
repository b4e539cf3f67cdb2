/** SQL of grants. One place decides about openings, atomically, for every door: `takeOpening`. */
import type { GrantState, Language } from "@pli/core/wire";
import { type SqlBool, sql } from "kysely";
import {
  forUpdate,
  preparedInsert,
  preparedRead,
  preparedWrite,
  type Reader,
  type Tx,
  writesSideBySide,
} from "../../platform/database/index.ts";
import { shownName } from "./envelopes.queries.ts";
import type { EnvelopesTable, GrantsTable } from "./envelopes.table.ts";
import { eraseThreadKeys } from "./threads.queries.ts";

export const insertGrants = preparedInsert<GrantsTable>("grants", [
  "envelope_id",
  "grant_id",
  "organisation_id",
  "member_id",
  "position",
  "state",
  "address",
  "name",
  "type",
  "language",
  "language_chosen",
  "delivery",
  "verifier_sha256",
  "wrapped_key",
  "password_params",
  "sealed_secret",
  "openings_total",
  "openings_left",
  "expires_at_ms",
  "first_sent_at_ms",
  "last_sent_at_ms",
  "sends",
  "wrong_tries",
  "wrong_total",
  "mobile",
  "sms_code",
  "of_grant_id",
]);

/** A grant with what its envelope and its sender add to it. */
export interface GrantRow extends GrantsTable {
  readonly envelope_state: EnvelopesTable["state"];
  readonly sent_at_ms: number | null;
  readonly member_name: string;
  readonly member_address: string;
  readonly member_language: Language;
  readonly member_time_zone: string;
  readonly organisation: string;
  readonly notify: EnvelopesTable["notify"];
  readonly reference: string | null;
}

const grantRows = preparedRead<{ grantId: string }, GrantRow>((db, values) =>
  db
    .selectFrom("grants")
    .innerJoin("envelopes", "envelopes.envelope_id", "grants.envelope_id")
    .innerJoin("members", "members.member_id", "envelopes.member_id")
    .innerJoin("organisations", "organisations.organisation_id", "grants.organisation_id")
    .selectAll("grants")
    .select([
      "envelopes.state as envelope_state",
      "envelopes.sent_at_ms",
      "envelopes.notify",
      "envelopes.reference",
      shownName.as("member_name"),
      "members.address as member_address",
      "members.language as member_language",
      "members.time_zone as member_time_zone",
      "organisations.name as organisation",
    ])
    .where("grants.grant_id", "=", values.grantId),
);

export async function findGrant(on: Reader, grantId: string): Promise<GrantRow | null> {
  return (await grantRows(on, { grantId }))[0] ?? null;
}

const heldGrantRows = preparedRead<{ grantId: string }, Pick<GrantsTable, "grant_id">>((db, values) =>
  forUpdate(db, db.selectFrom("grants").select("grant_id").where("grant_id", "=", values.grantId)),
);

/**
 * The same, and nobody else changes this grant until the transaction ends. Whoever ends it, or changes its envelope as well, has called
 * `holdEnvelope` before.
 */
export async function lockGrant(tx: Tx, grantId: string): Promise<GrantRow | null> {
  // Held first, then read: what is read together with a row that had to be waited for is from before the wait.
  if (!writesSideBySide(tx)) return await findGrant(tx, grantId);
  const [, grant] = await Promise.all([heldGrantRows(tx, { grantId }), findGrant(tx, grantId)]);
  return grant;
}

const heldUnopenedRows = preparedRead<{ grantId: string }, { readonly envelope_id: string }>((db, { grantId }) =>
  forUpdate(
    db,
    db
      .selectFrom("envelopes")
      .select("envelope_id")
      .where("envelope_id", "=", (is) =>
        is
          .selectFrom("grants")
          .select("grants.envelope_id")
          .where("grant_id", "=", grantId)
          .where("first_opened_at_ms", "is", null),
      ),
  ),
);

/**
 * The same for an opening. The first one of a grant is counted in its envelope, which is held then, before the grant as always. All of it is
 * asked in one breath, and whatever is asked in the same breath behind it is read when the grant is held.
 */
export async function lockGrantToOpen(tx: Tx, grantId: string): Promise<GrantRow | null> {
  if (!writesSideBySide(tx)) return await findGrant(tx, grantId);
  const [, , grant] = await Promise.all([
    heldUnopenedRows(tx, { grantId }),
    heldGrantRows(tx, { grantId }),
    findGrant(tx, grantId),
  ]);
  return grant;
}

export async function grantsOf(on: Reader, envelopeId: string): Promise<readonly GrantsTable[]> {
  return await on
    .selectFrom("grants")
    .selectAll()
    .where("envelope_id", "=", envelopeId)
    .orderBy("position")
    .orderBy("grant_id")
    .execute();
}

/**
 * Uses one opening of a grant, if there is one: the single statement that counts. The key's life is prolonged to the end of
 * this opening. @returns whether there was one
 */
export async function takeOpening(tx: Tx, grantId: string, nowMs: number, openUntilMs: number): Promise<boolean> {
  return (await usedOpenings(tx, { grantId, nowMs, openUntilMs })) === 1;
}

const usedOpenings = preparedWrite<{ grantId: string; nowMs: number; openUntilMs: number }>((db, values) =>
  db
    .updateTable("grants")
    .set((row) => ({
      openings_left: row("openings_left", "-", 1),
      state: row.case().when("openings_left", "=", 1).then<GrantState>("used_up").else<GrantState>("active").end(),
      first_opened_at_ms: sql<number>`coalesce(first_opened_at_ms, ${values.nowMs})`,
      last_opened_at_ms: values.nowMs,
      open_until_ms: values.openUntilMs,
      wrong_tries: 0,
      locked_until_ms: null,
    }))
    .where("grant_id", "=", values.grantId)
    .where("state", "=", "active")
    .where("openings_left", ">", 0)
    .where("expires_at_ms", ">", values.nowMs)
    .where("wrapped_key", "is not", null),
);

/** One more recipient of this envelope has opened it. */
export async function countFirstOpening(tx: Tx, envelopeId: string): Promise<void> {
  await countOneMore(tx, { envelopeId });
}

const countOneMore = preparedWrite<{ envelopeId: string }>((db, { envelopeId }) =>
  db
    .updateTable("envelopes")
    .set((row) => ({ opened_count: row("opened_count", "+", 1) }))
    .where("envelope_id", "=", envelopeId),
);

/** Counts one wrong verifier; locks when `lockedUntilMs` says so. The grant must be held by `lockGrant`. */
export async function countWrongTry(
  tx: Tx,
  grantId: string,
  count: { readonly tries: number; readonly total: number; readonly lockedUntilMs: number | null },
): Promise<void> {
  await tx
    .updateTable("grants")
    .set({ wrong_tries: count.tries, wrong_total: count.total, locked_until_ms: count.lockedUntilMs })
    .where("grant_id", "=", grantId)
    .execute();
}

/** Ends one grant: its key goes for good (Z8). @returns whether it was alive until now */
export async function endGrant(tx: Tx, grantId: string, state: GrantState): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("grants")
    .set({ state, wrapped_key: null, sealed_secret: null, open_until_ms: null })
    .where("grant_id", "=", grantId)
    .where((is) => is.or([is("state", "=", "active"), is("wrapped_key", "is not", null)]))
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return false;
  await eraseThreadKeys(tx, { grantId });
  return true;
}

/** Grants of an envelope that still open something: active, or with an opening that runs. */
export async function countAlive(on: Reader, envelopeId: string): Promise<number> {
  const row = await on
    .selectFrom("grants")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("envelope_id", "=", envelopeId)
    .where("wrapped_key", "is not", null)
    .executeTakeFirst();
  return row?.count ?? 0;
}

type OverdueGrant = Pick<GrantsTable, "grant_id" | "envelope_id" | "organisation_id" | "state" | "expires_at_ms">;

/**
 * Grants whose key has no right to be there any more: expired, or used up and the last hour over. Two searches, an index for each
 * (in the migration's words): one with `or` would read every grant alive.
 */
export async function overdueGrants(on: Reader, nowMs: number, limit: number): Promise<readonly OverdueGrant[]> {
  const alive = on
    .selectFrom("grants")
    .select(["grant_id", "envelope_id", "organisation_id", "state", "expires_at_ms"])
    .where("wrapped_key", "is not", null)
    .limit(limit);
  // In the order of the index: with a limit alone a table of which a third might be overdue looks cheaper to read as it lies.
  const expired = await alive.where("expires_at_ms", "<=", nowMs).orderBy("expires_at_ms").execute();
  if (expired.length === limit) return expired;
  const hourOver = await alive
    .where(sql<SqlBool>`state = 'used_up'`)
    .where("open_until_ms", "<=", nowMs)
    .where("expires_at_ms", ">", nowMs)
    .orderBy("open_until_ms")
    .execute();
  return [...expired, ...hourOver].slice(0, limit);
}

export async function changeGrantRow(
  tx: Tx,
  grantId: string,
  change: { readonly openingsLeft?: number; readonly openingsTotal?: number; readonly expiresAtMs?: number },
): Promise<void> {
  await tx
    .updateTable("grants")
    .set({
      ...(change.openingsLeft === undefined ? {} : { openings_left: change.openingsLeft, state: "active" as const }),
      ...(change.openingsTotal === undefined ? {} : { openings_total: change.openingsTotal }),
      ...(change.expiresAtMs === undefined ? {} : { expires_at_ms: change.expiresAtMs }),
      // The sender vouches for the recipient: tries count anew.
      wrong_tries: 0,
      wrong_total: 0,
      locked_until_ms: null,
    })
    .where("grant_id", "=", grantId)
    .execute();
}

export async function noteResend(tx: Tx, grantId: string, nowMs: number): Promise<void> {
  await tx
    .updateTable("grants")
    .set((row) => ({ last_sent_at_ms: nowMs, sends: row("sends", "+", 1) }))
    .where("grant_id", "=", grantId)
    .execute();
}

export async function countRecipients(tx: Tx, envelopeId: string, by: number): Promise<void> {
  await tx
    .updateTable("envelopes")
    .set((row) => ({ recipients_count: row("recipients_count", "+", by) }))
    .where("envelope_id", "=", envelopeId)
    .execute();
}
