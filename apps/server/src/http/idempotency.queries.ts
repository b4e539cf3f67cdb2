/** SQL of remembered answers. */
import { type Db, deleteBefore, preparedRead, type Reader, type Tx } from "../platform/database/index.ts";

export interface IdempotencyKeysTable {
  caller: string;
  idempotency_key: string;
  content_sha256: string;
  status: number;
  body: string;
  created_at_ms: number;
  /** Of a request that is under way, so far without an answer; null: answered. */
  claim: string | null;
}

declare module "../platform/database/schema.ts" {
  interface Schema {
    idempotency_keys: IdempotencyKeysTable;
  }
}

const answers = preparedRead<{ caller: string; key: string }, IdempotencyKeysTable>((db, values) =>
  db
    .selectFrom("idempotency_keys")
    .selectAll()
    .where("caller", "=", values.caller)
    .where("idempotency_key", "=", values.key),
);

export async function findAnswer(
  on: Reader,
  values: { caller: string; key: string },
): Promise<IdempotencyKeysTable | null> {
  return (await answers(on, values))[0] ?? null;
}

/** The first answer stays: two nodes that answered at once agree on what is replayed. @param claim that the answer replaces, if there is one */
export async function insertAnswer(tx: Tx, row: Omit<IdempotencyKeysTable, "claim">, claim: string): Promise<void> {
  const { status, body, created_at_ms } = row;
  await tx
    .insertInto("idempotency_keys")
    .values({ ...row, claim: null })
    .onConflict((conflict) =>
      conflict
        .columns(["caller", "idempotency_key"])
        .doUpdateSet({ status, body, created_at_ms, claim: null })
        .where("idempotency_keys.claim", "=", claim),
    )
    .execute();
}

/**
 * Says that a request is under way, so that no other node begins it, too.
 * @param staleAtMs claims from before it are of nodes that died, or stand still
 * @returns false: another's is under way, or has an answer
 */
export async function insertClaim(
  tx: Tx,
  row: { caller: string; idempotency_key: string; content_sha256: string; created_at_ms: number; claim: string },
  staleAtMs: number,
): Promise<boolean> {
  const claimed = await tx
    .insertInto("idempotency_keys")
    .values({ ...row, status: 0, body: "" })
    .onConflict((conflict) =>
      conflict
        .columns(["caller", "idempotency_key"])
        .doUpdateSet(row)
        .where("idempotency_keys.claim", "is not", null)
        .where((is) =>
          is.or([is("idempotency_keys.claim", "=", row.claim), is("idempotency_keys.created_at_ms", "<=", staleAtMs)]),
        ),
    )
    .returning("caller")
    .executeTakeFirst();
  return claimed !== undefined;
}

export async function deleteClaim(tx: Tx, values: { caller: string; key: string; claim: string }): Promise<void> {
  await tx
    .deleteFrom("idempotency_keys")
    .where("caller", "=", values.caller)
    .where("idempotency_key", "=", values.key)
    .where("claim", "=", values.claim)
    .execute();
}

export async function deleteOldAnswers(db: Db, beforeMs: number): Promise<void> {
  await deleteBefore(db, "idempotency_keys", "created_at_ms", beforeMs);
}
