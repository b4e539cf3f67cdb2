/**
 * A SQLite database as it stood at one instant, while others write to it: SQLite's own back-up in one step, into a file that is read at
 * leisure and then removed. (A long read on the live file would keep its log from being emptied, and the server waiting for that.)
 * And a database for oneself alone.
 */
import { rm } from "node:fs/promises";
import { backup, DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import { type Reader, setDirectConnection } from "../connections.ts";
import { openSqlite, sqliteConnection, sqliteDialect } from "../dialect/sqlite.ts";
import type { Schema } from "../schema.ts";
import type { Snapshot } from "./snapshot.ts";

/** More pages than any database has: the whole of it in one step, so that no writer makes it begin again. */
const ALL_PAGES = 2 ** 31 - 1;
const SQLITE_BUSY = 5;

/** @param temporary path of the file to make; it holds what the database holds, and is removed by `close` */
export async function snapshotSqlite(path: string, temporary: string): Promise<Snapshot> {
  await removeSqlite(temporary);
  const source = new DatabaseSync(path, { readOnly: true });
  try {
    source.exec("pragma busy_timeout = 5000");
    await backup(source, temporary, { rate: ALL_PAGES });
  } finally {
    source.close();
  }
  const copy = openSqlite(temporary, { readOnly: false });
  return {
    read: readerOf(copy),
    close: async () => {
      copy.close();
      await removeSqlite(temporary);
    },
  };
}

/** Opens a database for oneself alone: nobody else gets in until `close`. @throws Error `words` when another process has it open */
export async function ownSqlite(path: string, words: string): Promise<Snapshot> {
  const database = new DatabaseSync(path);
  try {
    database.exec("pragma locking_mode = exclusive");
    database.exec("begin exclusive; commit");
  } catch (error) {
    database.close();
    const isBusy = error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
    if (!isBusy) throw error;
    throw new Error(words, { cause: error });
  }
  return {
    read: readerOf(database),
    close: async () => database.close(),
  };
}

function readerOf(database: DatabaseSync): Reader {
  const connection = sqliteConnection(database);
  const read = new Kysely<Schema>({ dialect: sqliteDialect(connection) });
  setDirectConnection(read, connection);
  return read;
}

async function removeSqlite(path: string): Promise<void> {
  for (const ending of ["", "-wal", "-shm", "-journal"]) await rm(path + ending, { force: true });
}
