/** SQL of the limits: one statement decides and counts, so that no number of parallel callers or nodes gets more. */
import { sql } from "kysely";
import {
  type Db,
  deleteBefore,
  preparedRead,
  preparedReturning,
  type Reader,
  type Tx,
} from "../../platform/database/index.ts";

export interface Cell {
  readonly door: string;
  readonly keySha256: string;
  readonly nowMs: number;
  readonly stepMs: number;
  readonly windowMs: number;
}

/** On every opening and every code. */
const oneTurn = preparedReturning<
  {
    door: string;
    keySha256: string;
    nowMs: number;
    stepMs: number;
    firstMs: number;
    /** Later than this the next turn must not be free: the window is full. */
    latestMs: number;
  },
  { readonly door: string }
>((db, { door, keySha256, nowMs, stepMs, firstMs, latestMs }) =>
  db
    .insertInto("limits")
    .values({ door, key_sha256: keySha256, free_at_ms: firstMs })
    .onConflict((conflict) =>
      conflict
        .columns(["door", "key_sha256"])
        .doUpdateSet({
          free_at_ms: sql<number>`case when limits.free_at_ms > ${nowMs} then limits.free_at_ms + ${stepMs} else ${firstMs} end`,
        })
        .where("limits.free_at_ms", "<=", latestMs),
    )
    .returning("door"),
);

/** Takes one turn. @returns whether there was one left */
export async function takeTurn(tx: Tx, cell: Cell): Promise<boolean> {
  const { door, keySha256, nowMs, stepMs, windowMs } = cell;
  const latestMs = nowMs + windowMs - stepMs;
  const rows = await oneTurn(tx, { door, keySha256, nowMs, stepMs, latestMs, firstMs: nowMs + stepMs });
  return rows.length > 0;
}

/** Gives a turn back in the transaction that took it: the row is as it was, or as if never used. */
export async function takeBack(tx: Tx, { door, keySha256, stepMs }: Cell): Promise<void> {
  await tx
    .updateTable("limits")
    .set((row) => ({ free_at_ms: row("free_at_ms", "-", stepMs) }))
    .where("door", "=", door)
    .where("key_sha256", "=", keySha256)
    .execute();
}

/** Takes `addedMs` from each key, which are different. @returns the keys that had so much left */
export async function takeTurns(
  tx: Tx,
  turns: {
    readonly door: string;
    readonly keys: readonly string[];
    readonly nowMs: number;
    readonly addedMs: number;
    readonly windowMs: number;
  },
): Promise<readonly string[]> {
  const { door, keys, nowMs, addedMs, windowMs } = turns;
  const base = sql<number>`case when limits.free_at_ms > ${nowMs} then limits.free_at_ms else ${nowMs} end`;
  const rows = await tx
    .insertInto("limits")
    .values(keys.map((key) => ({ door, key_sha256: key, free_at_ms: nowMs + addedMs })))
    .onConflict((conflict) =>
      conflict
        .columns(["door", "key_sha256"])
        .doUpdateSet({ free_at_ms: sql<number>`${base} + ${addedMs}` })
        .where(sql<number>`${base} + ${addedMs} - ${nowMs}`, "<=", windowMs),
    )
    .returning("key_sha256")
    .execute();
  return rows.map((row) => row.key_sha256);
}

/** When the last of these keys is as if never used. */
export async function freeAtOf(on: Reader, door: string, keys: readonly string[]): Promise<number> {
  const row = await on
    .selectFrom("limits")
    .select((is) => is.fn.max("free_at_ms").as("free_at_ms"))
    .where("door", "=", door)
    .where("key_sha256", "in", keys)
    .executeTakeFirst();
  return row?.free_at_ms ?? 0;
}

export const freeAt = preparedRead<{ door: string; keySha256: string }, { readonly free_at_ms: number }>((db, values) =>
  db
    .selectFrom("limits")
    .select("free_at_ms")
    .where("door", "=", values.door)
    .where("key_sha256", "=", values.keySha256),
);

export async function deleteFreeLimits(db: Db, nowMs: number): Promise<void> {
  await deleteBefore(db, "limits", "free_at_ms", nowMs + 1);
}

export async function giveBack(tx: Tx, door: string, keySha256: string): Promise<void> {
  await tx.deleteFrom("limits").where("door", "=", door).where("key_sha256", "=", keySha256).execute();
}
