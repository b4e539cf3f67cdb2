/**
 * The database: `read` for queries, `write` for everything that changes something. `write` runs its job in a transaction that
 * is durable when the promise resolves. Never hands out a way to write outside the queue.
 */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Kysely } from "kysely";
import type { DirectConnection, Engine } from "./dialect/engine.ts";
import { openSqlite, sqliteConnection, sqliteDialect, sqliteEngine } from "./dialect/sqlite.ts";
import { migrate } from "./migrate.ts";
import type { Schema } from "./schema.ts";
import { createWriteQueue } from "./write-queue.ts";

/** Enough of Kysely to ask. A `Tx` is a `Reader`, a `Reader` is not a `Tx`. */
export type Reader = Pick<
  Kysely<Schema>,
  "selectFrom" | "selectNoFrom" | "with" | "withRecursive" | "fn" | "getExecutor"
>;

declare const writing: unique symbol;
/** Inside a write transaction. */
export type Tx = Kysely<Schema> & { readonly [writing]: true };

export interface Db {
  readonly read: Reader;
  /**
   * Runs `job` in a transaction and resolves when it is on the disk. What `job` throws rolls back all it did.
   * `job` must await only the database. @throws `storage_full`, `unavailable`, and what `job` throws
   */
  write<T>(job: (tx: Tx) => Promise<T>): Promise<T>;
  /** Another number whenever this process may have written: what was read under the same number is still so, as far as it knows. */
  version(): number;
  /**
   * Empties the log of writes: what was overwritten in the tables (keys of what was destroyed, Z8) is then not in the log either.
   */
  emptyLog(): void;
  close(): Promise<void>;
}

const connections = new WeakMap<object, DirectConnection>();

/** The connection under a reader or transaction, for statements compiled once. */
export function directConnection(on: Reader): DirectConnection {
  const connection = connections.get(on);
  if (connection === undefined) throw new TypeError("not a reader or transaction of this database");
  return connection;
}

/** Opens (and creates, and migrates) the SQLite database at `path`. */
export async function openDatabase(path: string, now: () => number): Promise<Db> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const engine: Engine = sqliteEngine;
  const writer = sqliteConnection(openSqlite(path, { readOnly: false }));
  const writeKysely = new Kysely<Schema>({ dialect: sqliteDialect(writer) });
  await migrate(writeKysely, engine, now);
  const reader = sqliteConnection(openSqlite(path, { readOnly: true }));
  const readKysely = new Kysely<Schema>({ dialect: sqliteDialect(reader) });
  connections.set(writeKysely, writer);
  connections.set(readKysely, reader);
  // The only cast that makes a Tx: everything it does is inside the queue's transaction.
  const tx = writeKysely as Tx;
  const queue = createWriteQueue(writer);
  let closed = false;
  return {
    read: readKysely,
    write: (job) => queue.submit(() => job(tx)),
    version: () => queue.version,
    emptyLog: () => {
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
