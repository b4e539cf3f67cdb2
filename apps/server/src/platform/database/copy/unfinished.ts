/**
 * The mark on a database that is being filled by a copy: from the first row to the last check. Whoever opens a database that bears it must
 * not serve from it: part of the data is not there yet.
 */
import { sql } from "kysely";
import type { Reader, Tx } from "../connections.ts";
import { hasTable } from "./shapes.ts";

const TABLE = "pli_copying";

export interface UnfinishedCopy {
  /** What is being copied into this database. */
  readonly origin: string;
  /** All rows came in; what follows changes some. */
  readonly tablesDone: boolean;
}

/** Null when nothing is being copied into this database. */
export async function unfinishedCopy(on: Reader): Promise<UnfinishedCopy | null> {
  if (!(await hasTable(on, TABLE))) return null;
  const found = await sql<{ origin: string; tables_done: number }>`
    select origin, tables_done from ${sql.table(TABLE)}`.execute(on);
  const [row] = found.rows;
  return row === undefined ? null : { origin: row.origin, tablesDone: row.tables_done === 1 };
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

export async function unmarkCopying(tx: Tx): Promise<void> {
  await sql`drop table if exists ${sql.table(TABLE)}`.execute(tx);
}
