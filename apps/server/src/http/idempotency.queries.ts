/** SQL of remembered answers. */
import { type Db, deleteBefore, preparedRead, type Reader, type Tx } from "../platform/database/index.ts";

export interface IdempotencyKeysTable {
  caller: string;
  idempotency_key: string;
  content_sha256: string;
  status: number;
  body: string;
  created_at_ms: number;
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

/** The first answer stays: two nodes that answered at once agree on what is replayed. */
export async function insertAnswer(tx: Tx, row: IdempotencyKeysTable): Promise<void> {
  await tx
    .insertInto("idempotency_keys")
    .values(row)
    .onConflict((conflict) => conflict.columns(["caller", "idempotency_key"]).doNothing())
    .execute();
}

export async function deleteOldAnswers(db: Db, beforeMs: number): Promise<void> {
  await deleteBefore(db, "idempotency_keys", "created_at_ms", beforeMs);
}
