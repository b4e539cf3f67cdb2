/**
 * The mark on a database that is filled by a copy: unfinished from the first row to the last check. Whoever opens a database that bears it so
 * must not serve from it: part of the data is not there yet. Finished it stays, so that the same copy, asked for again, knows that it is done.
 */
import { sql } from "kysely";
import type { Reader, Tx } from "../connections.ts";
import { hasTable } from "./shapes.ts";

const TABLE = "pli_copying";
/** In `tables_done`, after 0 and 1. */
const FINISHED = 2;

export interface UnfinishedCopy {
  /** What is being copied into this database. */
  readonly origin: string;
  /** All rows came in; what follows changes some. */
  readonly tablesDone: boolean;
}

/** Null when nothing is being copied into this database. */
export async function unfinishedCopy(on: Reader): Promise<UnfinishedCopy | null> {
  const row = (await marks(on)).find(({ tables_done }) => tables_done !== FINISHED);
  return row === undefined ? null : { origin: row.origin, tablesDone: row.tables_done === 1 };
}

/** What was copied into this database, to its end; null when it began empty. */
export async function finishedCopy(on: Reader): Promise<string | null> {
  return (await marks(on)).find(({ tables_done }) => tables_done === FINISHED)?.origin ?? null;
}

async function marks(on: Reader): Promise<readonly { origin: string; tables_done: number }[]> {
  if (!(await hasTable(on, TABLE))) return [];
  const found = await sql<{ origin: string; tables_done: number }>`
    select origin, tables_done from ${sql.table(TABLE)}`.execute(on);
  return found.rows;
}

/** @throws Error in words for the operator */
export async function requireFinishedCopy(on: Reader): Promise<void> {
  if ((await unfinishedCopy(on)) === null) return;
  throw new Error(
    "A restore or a move into this database was cut before its end. Run the same command again: it goes on where it was",
  );
}

export async function markCopying(tx: Tx, origin: string): Promise<void> {
  await sql`create table if not exists ${sql.table(TABLE)} (origin text primary key, tables_done integer)`.execute(tx);
  await sql`insert into ${sql.table(TABLE)} (origin, tables_done) values (${origin}, 0) on conflict do nothing`.execute(
    tx,
  );
}

export async function markTablesDone(tx: Tx): Promise<void> {
  await sql`update ${sql.table(TABLE)} set tables_done = 1`.execute(tx);
}

export async function markFinished(tx: Tx): Promise<void> {
  await sql`update ${sql.table(TABLE)} set tables_done = ${FINISHED}`.execute(tx);
}
