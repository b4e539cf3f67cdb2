/**
 * Every SQL text that this process runs, on either engine, with the values it was last run with. Listens where the drivers are, so that no query
 * escapes by the way it was written. For tests: it stays for as long as the process lives.
 */
import { DatabaseSync } from "node:sqlite";
import pg from "pg";

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface Recorder {
  statements(engine: "postgres" | "sqlite"): readonly Statement[];
  /** Hears nothing of what `work` runs. */
  deaf<T>(work: () => Promise<T>): Promise<T>;
}

/** What the queries of the product begin with: settings, transactions and migrations have no plan to look at. */
const PLANNED = /^\s*(select|insert|update|delete|with)\b/i;

export function recordStatements(): Recorder {
  const found = { postgres: new Map<string, Statement>(), sqlite: new Map<string, Statement>() };
  let isDeaf = false;
  const noteIn = (statements: Map<string, Statement>) => (text: string, values: readonly unknown[]) => {
    if (!isDeaf && PLANNED.test(text)) statements.set(text, { text, values });
  };
  listenToPostgres(noteIn(found.postgres));
  listenToSqlite(noteIn(found.sqlite));
  return {
    statements: (engine) => [...found[engine].values()],
    deaf: async (work) => {
      isDeaf = true;
      try {
        return await work();
      } finally {
        isDeaf = false;
      }
    },
  };
}

function listenToPostgres(note: (text: string, values: readonly unknown[]) => void): void {
  const client = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const query = client.query;
  client.query = function (this: unknown, ...args: unknown[]) {
    const [first] = args;
    if (typeof first === "object" && first !== null && "statements" in first) {
      for (const { text, values } of first.statements as Statement[]) note(text, values);
    }
    return query.apply(this, args);
  };
}

/** SQLite's plan does not depend on values: they are not kept. */
function listenToSqlite(note: (text: string, values: readonly unknown[]) => void): void {
  const prepare = DatabaseSync.prototype.prepare;
  DatabaseSync.prototype.prepare = function (this: DatabaseSync, text: string) {
    note(text, []);
    return prepare.call(this, text);
  };
}
