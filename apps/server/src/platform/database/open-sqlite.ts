/** The database in a file: one writer whose jobs share commits, one reader beside it. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Kysely } from "kysely";
import { collectAfterwards, setDirectConnection, type Tx } from "./connections.ts";
import type { Db } from "./database.ts";
import { openSqlite, sqliteConnection, sqliteDialect, sqliteEngine } from "./dialect/sqlite.ts";
import { migrate } from "./migrate.ts";
import type { Schema } from "./schema.ts";
import { createBoard } from "./signals.ts";
import { createWriteQueue } from "./write-queue.ts";

export async function openSqliteDatabase(path: string, now: () => number): Promise<Db> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  shutOut(path);
  const writer = sqliteConnection(openSqlite(path, { readOnly: false }));
  const writeKysely = new Kysely<Schema>({ dialect: sqliteDialect(writer) });
  try {
    await migrate(writeKysely, sqliteEngine, now);
  } catch (error) {
    writer.database.close();
    throw error;
  }
  const reader = sqliteConnection(openSqlite(path, { readOnly: true }));
  const readKysely = new Kysely<Schema>({ dialect: sqliteDialect(reader) });
  setDirectConnection(writeKysely, writer);
  setDirectConnection(readKysely, reader);
  // The only cast that makes a Tx of a file: everything it does is inside the queue's transaction.
  const tx = writeKysely as Tx;
  const queue = createWriteQueue(writer);
  const { raise, hear } = createBoard();
  let closed = false;
  return {
    read: readKysely,
    write: async (job) => {
      let runAfterwards = () => {};
      const value = await queue.submit(() => {
        runAfterwards = collectAfterwards(tx);
        return job(tx);
      });
      runAfterwards();
      return value;
    },
    version: () => queue.version,
    raise,
    hear,
    serverTime: async () => null,
    emptyLog: async () => {
      // Between two batches: a batch never yields to the event loop.
      if (!closed && !writer.database.isTransaction) writer.database.exec("pragma wal_checkpoint(truncate)");
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await queue.idle();
      reader.database.close();
      writer.database.close();
    },
  };
}

/**
 * The file is nobody else's, also in a folder that others may enter. Made here: SQLite gives its own mode to its journals. One that is there is not
 * opened: closing it would let go of the locks that this process has on it.
 */
function shutOut(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, "a", 0o600));
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    const mode = existsSync(file) ? statSync(file).mode : 0;
    // A group is the operator's choice; one made by an earlier version was everybody's.
    if ((mode & 0o007) !== 0) chmodSync(file, mode & 0o770);
  }
}
