/** SQL of secrets. What ends one erases key and text in the same statement (Z8), and only if it has not ended before. */
import { type SqlBool, sql } from "kysely";
import { type Db, deleteBefore, forUpdate, type Reader, type Tx } from "../../platform/database/index.ts";
import type { SecretsTable } from "./secrets.table.ts";

/** The condition of the partial index, in the words of the migration. */
const ALIVE = sql<SqlBool>`state = 'active'`;

/** @returns false when the id is in use */
export async function insertSecret(tx: Tx, row: SecretsTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("secrets")
    .values(row)
    .onConflict((conflict) => conflict.column("secret_id").doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function findSecret(on: Reader, secretId: string): Promise<SecretsTable | undefined> {
  return await on.selectFrom("secrets").selectAll().where("secret_id", "=", secretId).executeTakeFirst();
}

/** The secret, held until the transaction ends. */
export async function holdSecret(tx: Tx, secretId: string): Promise<SecretsTable | undefined> {
  const secret = tx.selectFrom("secrets").selectAll().where("secret_id", "=", secretId);
  return await forUpdate(tx, secret).executeTakeFirst();
}

export type SecretRow = Omit<SecretsTable, "content" | "wrapped_key">;

/** Of one member, newest first, after `cursor` (`createdAtMs-secretId`). */
export async function secretsOfMember(
  on: Reader,
  memberId: string,
  cursor: { readonly createdAtMs: number; readonly secretId: string } | null,
  limit: number,
): Promise<readonly SecretRow[]> {
  let query = on
    .selectFrom("secrets")
    .select([
      "secret_id",
      "organisation_id",
      "member_id",
      "state",
      "verifier_sha256",
      "password_params",
      "reference",
      "views_total",
      "views_left",
      "wrong_tries",
      "wrong_total",
      "locked_until_ms",
      "created_at_ms",
      "expires_at_ms",
      "last_viewed_at_ms",
      "ended_at_ms",
    ])
    .where("member_id", "=", memberId)
    .orderBy("created_at_ms", "desc")
    .orderBy("secret_id", "desc")
    .limit(limit);
  if (cursor !== null) {
    const { createdAtMs, secretId } = cursor;
    query = query.where((is) =>
      is.or([
        is("created_at_ms", "<", createdAtMs),
        is.and([is("created_at_ms", "=", createdAtMs), is("secret_id", "<", secretId)]),
      ]),
    );
  }
  return await query.execute();
}

export async function countAliveSecrets(on: Reader, memberId: string): Promise<number> {
  const row = await on
    .selectFrom("secrets")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("member_id", "=", memberId)
    .where(ALIVE)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Uses a view of a secret that is held. The last one ends it. */
export async function takeView(tx: Tx, secretId: string, viewsLeft: number, nowMs: number): Promise<void> {
  await tx
    .updateTable("secrets")
    .set({
      views_left: viewsLeft,
      last_viewed_at_ms: nowMs,
      wrong_tries: 0,
      ...(viewsLeft === 0 ? { state: "used_up" as const, wrapped_key: null, content: null, ended_at_ms: nowMs } : {}),
    })
    .where("secret_id", "=", secretId)
    .where(ALIVE)
    .execute();
}

export async function countWrongView(
  tx: Tx,
  secretId: string,
  wrong: { readonly tries: number; readonly total: number; readonly lockedUntilMs: number | null },
): Promise<void> {
  await tx
    .updateTable("secrets")
    .set({ wrong_tries: wrong.tries, wrong_total: wrong.total, locked_until_ms: wrong.lockedUntilMs })
    .where("secret_id", "=", secretId)
    .execute();
}

/** @returns false when it had ended before */
export async function endSecretRow(
  tx: Tx,
  secretId: string,
  state: Exclude<SecretsTable["state"], "active">,
  nowMs: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("secrets")
    .set({ state, wrapped_key: null, content: null, ended_at_ms: nowMs })
    .where("secret_id", "=", secretId)
    .where(ALIVE)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function overdueSecrets(
  on: Reader,
  nowMs: number,
  limit: number,
): Promise<readonly Pick<SecretsTable, "secret_id">[]> {
  return await on
    .selectFrom("secrets")
    .select("secret_id")
    .where(ALIVE)
    .where("expires_at_ms", "<=", nowMs)
    .orderBy("expires_at_ms")
    .limit(limit)
    .execute();
}

/** Forgets those that ended before. */
export async function deleteEndedSecrets(db: Db, endedBeforeMs: number): Promise<void> {
  await deleteBefore(db, "secrets", "ended_at_ms", endedBeforeMs, sql<SqlBool>`ended_at_ms is not null`);
}
