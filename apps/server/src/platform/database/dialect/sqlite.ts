/**
 * SQLite by node:sqlite as a Kysely dialect: one connection, statements prepared once per text.
 * Never shares a connection between readers and the write queue.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from "kysely";
import type { DirectConnection, DirectResult, Engine } from "./engine.ts";

export const sqliteEngine: Engine = {
  name: "sqlite",
  bigint: "integer",
  bytes: sql`blob`,
  clustered: sql`without rowid`,
};

/** Prepared statements kept per connection; more texts than this and the oldest goes. */
const STATEMENTS_KEPT = 500;

/** Opens the file with the settings that durability rests on. */
export function openSqlite(path: string, options: { readOnly: boolean }): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly: options.readOnly });
  database.exec("pragma busy_timeout = 5000");
  if (!options.readOnly) {
    // Of a new file: rows of a few kilobytes (sealed keys) stay whole, and a commit writes fewer frames.
    database.exec("pragma page_size = 8192");
    database.exec("pragma journal_mode = wal");
    database.exec("pragma synchronous = full");
    // Deleted keys must not survive in free pages of the file (Z8).
    database.exec("pragma secure_delete = on");
    database.exec("pragma wal_autocheckpoint = 8000");
  }
  database.exec("pragma foreign_keys = on");
  database.exec("pragma cache_size = -16000");
  database.exec("pragma temp_store = memory");
  return database;
}

export interface SqliteConnection extends DatabaseConnection, DirectConnection {
  readonly database: DatabaseSync;
  /** Runs a statement without parameters or rows, prepared once. */
  command(text: string): void;
}

export function sqliteConnection(database: DatabaseSync): SqliteConnection {
  const statements = new Map<string, { statement: StatementSync; reader: boolean }>();
  const prepare = (text: string) => {
    let found = statements.get(text);
    if (found === undefined) {
      const statement = database.prepare(text);
      found = { statement, reader: statement.columns().length > 0 };
      if (statements.size >= STATEMENTS_KEPT) statements.delete(statements.keys().next().value as string);
      statements.set(text, found);
    }
    return found;
  };
  const runNow = (text: string, parameters: readonly unknown[]): DirectResult => {
    const { statement, reader } = prepare(text);
    const values = parameters as SQLInputValue[];
    if (reader) {
      const rows = statement.all(...values);
      return { rows, changes: rows.length };
    }
    return { rows: [], changes: Number(statement.run(...values).changes) };
  };
  return {
    database,
    engine: "sqlite",
    command: (text) => {
      prepare(text).statement.run();
    },
    run: async (text, parameters) => runNow(text, parameters),
    executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => {
      const { rows, changes } = runNow(query.sql, query.parameters);
      return { rows: rows as R[], numAffectedRows: BigInt(changes) };
    },
    streamQuery: async function* <R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
      for (const row of prepare(query.sql).statement.iterate(...(query.parameters as SQLInputValue[]))) {
        yield { rows: [row as R] };
      }
    },
  };
}

/** Kysely over one connection that somebody else opens, closes and puts into transactions. */
export function sqliteDialect(connection: SqliteConnection): Dialect {
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    beginTransaction: async () => connection.command("begin immediate"),
    commitTransaction: async () => connection.command("commit"),
    rollbackTransaction: async () => connection.command("rollback"),
    destroy: async () => {},
  };
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
