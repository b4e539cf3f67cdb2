/**
 * The mark on a database that is being filled by a copy: from the first row to the last check. Whoever opens a database that bears it must
 * not serve from it: part of the data is not there yet.
 */
import { sql } from "kysely";
import type { Reader, Tx } from "../database.ts";
import { hasTable } from "./shapes.ts";

const TABLE = "pli_copying";

/** What is being copied into this database; null when nothing is. */
export async function copyingFrom(on: Reader): Promise<string | null> {
  if (!(await hasTable(on, TABLE))) return null;
  const { rows } = await sql<{ origin: string }>`select origin from ${sql.table(TABLE)}`.execute(on);
  return rows[0]?.origin ?? null;
}

/** @throws Error in words for the operator */
export async function requireFinishedCopy(on: Reader): Promise<void> {
  if ((await copyingFrom(on)) === null) return;
  throw new Error(
    "A restore or a move into this database was cut before its end. Run the same command again: it goes on where it was",
  );
}

export async function markCopying(tx: Tx, origin: string): Promise<void> {
  await sql`create table if not exists ${sql.table(TABLE)} (origin text primary key)`.execute(tx);
  await sql`insert into ${sql.table(TABLE)} (origin) values (${origin}) on conflict do nothing`.execute(tx);
}

export async function unmarkCopying(tx: Tx): Promise<void> {
  await sql`drop table if exists ${sql.table(TABLE)}`.execute(tx);
}
