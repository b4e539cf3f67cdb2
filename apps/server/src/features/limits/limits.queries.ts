/** SQL of the limits: one statement decides and counts, so that no number of parallel callers or nodes gets more. */
import { sql } from "kysely";
import { preparedRead, type Reader, type Tx } from "../../platform/database/index.ts";

export interface Cell {
  readonly door: string;
  readonly keySha256: string;
  readonly nowMs: number;
  readonly stepMs: number;
  readonly windowMs: number;
}

/** Takes one turn. @returns whether there was one left */
export async function takeTurn(tx: Tx, cell: Cell): Promise<boolean> {
  const base = sql<number>`case when limits.free_at_ms > ${cell.nowMs} then limits.free_at_ms else ${cell.nowMs} end`;
  const taken = await tx
    .insertInto("limits")
    .values({ door: cell.door, key_sha256: cell.keySha256, free_at_ms: cell.nowMs + cell.stepMs })
    .onConflict((conflict) =>
      conflict
        .columns(["door", "key_sha256"])
        .doUpdateSet({ free_at_ms: sql<number>`${base} + ${cell.stepMs}` })
        .where(sql<number>`${base} + ${cell.stepMs} - ${cell.nowMs}`, "<=", cell.windowMs),
    )
    .returning("free_at_ms")
    .executeTakeFirst();
  return taken !== undefined;
}

export const freeAt = preparedRead<{ door: string; keySha256: string }, { readonly free_at_ms: number }>((db, values) =>
  db
    .selectFrom("limits")
    .select("free_at_ms")
    .where("door", "=", values.door)
    .where("key_sha256", "=", values.keySha256),
);

export async function deleteFreeLimits(tx: Tx, nowMs: number): Promise<void> {
  await tx.deleteFrom("limits").where("free_at_ms", "<=", nowMs).execute();
}

export async function giveBack(tx: Tx, door: string, keySha256: string): Promise<void> {
  await tx.deleteFrom("limits").where("door", "=", door).where("key_sha256", "=", keySha256).execute();
}

export type LimitReader = Reader;
