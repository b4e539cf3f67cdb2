/**
 * PostgreSQL as a Kysely dialect. Every statement whose text is short is prepared once per connection, under a name made of its text.
 * Never mixes connections: a transaction has one of its own.
 */
import { createHash } from "node:crypto";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type DataTypeNode,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  sql,
} from "kysely";
import type pg from "pg";
import type { DirectConnection, DirectResult, Engine } from "./engine.ts";
import { connectionFault, isOldPlan } from "./faults.ts";
import { type Answer, type Asked, asParameter, createBatch, type ParserOf, type Prepared } from "./postgres-batch.ts";

export const postgresEngine: Engine = {
  name: "postgres",
  bigint: "bigint",
  bytes: sql`bytea`,
  clustered: sql``,
};

/** Texts that have a name; more than this, and those that come later are planned each time. */
const NAMES_MAX = 500;
/** Longer texts are inserts of many rows: each number of rows is a text of its own, and not worth a plan that stays. */
const NAMED_TEXT_MAX = 4_000;

export interface StatementNames {
  nameOf(text: string): string | undefined;
  /** Forgets all plans of all connections: a table changed under them. */
  renew(): void;
}

export function createStatementNames(): StatementNames {
  const names = new Map<string, string>();
  let epoch = 0;
  return {
    nameOf: (text) => {
      const known = names.get(text);
      if (known !== undefined) return known;
      if (text.length > NAMED_TEXT_MAX || names.size >= NAMES_MAX) return undefined;
      const name = `pli_${epoch}_${createHash("sha256").update(text).digest("hex").slice(0, 24)}`;
      names.set(text, name);
      return name;
    },
    renew: () => {
      names.clear();
      epoch += 1;
    },
  };
}

export interface PostgresConnection extends DatabaseConnection, DirectConnection {
  /** Runs a statement without parameters or rows. @returns the command as the server confirmed it */
  command(text: string): Promise<string>;
}

/** What is asked in one breath of the program is one batch; what is asked meanwhile waits for its end, and is the next. */
export function postgresConnection(client: pg.ClientBase, names: StatementNames): PostgresConnection {
  const prepared: Prepared = new Map();
  const parserOf: ParserOf = (typeId) => client.getTypeParser(typeId);
  let waiting: Asked[] = [];
  let isBusy = false;
  let isDue = false;
  const send = (): void => {
    isDue = false;
    if (isBusy || waiting.length === 0) return;
    isBusy = true;
    const statements = waiting;
    waiting = [];
    client.query(createBatch(statements, prepared, parserOf, sent));
  };
  const due = (): void => {
    if (isDue || isBusy) return;
    isDue = true;
    // After everything that goes on without waiting for anybody.
    process.nextTick(send);
  };
  const sent = (): void => {
    isBusy = false;
    if (waiting.length > 0) due();
  };
  const ask = async (name: string | undefined, text: string, values: readonly unknown[]): Promise<Answer> => {
    try {
      return await new Promise((resolve, reject) => {
        waiting.push({ name, text, values: values.map(asParameter), resolve, reject });
        due();
      });
    } catch (error) {
      const fault = connectionFault(error);
      if (isOldPlan(fault)) names.renew();
      throw fault;
    }
  };
  return {
    engine: "postgres",
    run: async (text, parameters): Promise<DirectResult> => {
      const { rows, count } = await ask(names.nameOf(text), text, parameters);
      return { rows, changes: count };
    },
    command: async (text) => (await ask(undefined, text, [])).command,
    executeQuery: async <R>({ sql: text, parameters }: CompiledQuery): Promise<QueryResult<R>> => {
      const { rows, count, command } = await ask(names.nameOf(text), text, parameters);
      return command === "SELECT" ? { rows: rows as R[] } : { rows: rows as R[], numAffectedRows: BigInt(count) };
    },
    streamQuery: () => {
      throw new TypeError("streams of rows are not used: pages by keyset are");
    },
  };
}

/** Text compares byte by byte, as in SQLite and in our programs, whatever the database's own collation. */
class SchemaCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    super.visitDataType(node);
    if (node.dataType === "text") this.append(' collate "C"');
  }
}

/**
 * Kysely whose connections come from `acquire`.
 * @param purpose `schema` for migrations: their text columns are given a collation
 */
export function postgresKysely<S>(
  source: {
    acquire(): Promise<PostgresConnection>;
    release(connection: PostgresConnection): void;
  },
  purpose: "rows" | "schema" = "rows",
): Kysely<S> {
  const own = async (connection: DatabaseConnection, text: string) => {
    await (connection as PostgresConnection).command(text);
  };
  const driver: Driver = {
    init: async () => {},
    acquireConnection: () => source.acquire(),
    releaseConnection: async (connection) => source.release(connection as PostgresConnection),
    beginTransaction: (connection) => own(connection, "begin"),
    commitTransaction: (connection) => own(connection, "commit"),
    rollbackTransaction: (connection) => own(connection, "rollback"),
    destroy: async () => {},
  };
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => (purpose === "schema" ? new SchemaCompiler() : new PostgresQueryCompiler()),
  };
  return new Kysely<S>({ dialect });
}
