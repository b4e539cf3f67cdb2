/**
 * Statements compiled once: the SQL text of a Kysely query is kept, only its parameters change. For the few paths where
 * building the query costs more than running it (one read of a grant, the creation of a message).
 */
import type { CompiledQuery, InsertQueryBuilder, InsertResult, Kysely } from "kysely";
import { directConnection, type Reader, type Tx } from "./connections.ts";
import type { DirectConnection } from "./dialect/engine.ts";
import type { Schema } from "./schema.ts";

const marker = Symbol("parameter");
interface Marked {
  readonly [marker]: string;
}

/** Stands for a value in the query being built. */
export type Parameters<P> = { readonly [K in keyof P]: P[K] };

interface Compilable {
  compile(): CompiledQuery;
}

/** One text per engine: a process may have databases of both. */
type PerEngine<T> = Map<DirectConnection["engine"], T>;

interface Prepared {
  readonly sql: string;
  readonly bind: (values: Readonly<Record<string, unknown>>) => unknown[];
}

function prepare(query: CompiledQuery): Prepared {
  const slots = query.parameters.map((parameter) =>
    typeof parameter === "object" && parameter !== null && marker in parameter
      ? { name: (parameter as Marked)[marker] }
      : { value: parameter },
  );
  return {
    sql: query.sql,
    bind: (values) => slots.map((slot) => ("name" in slot ? (values[slot.name as string] ?? null) : slot.value)),
  };
}

function textFor<T>(texts: PerEngine<T>, engine: DirectConnection["engine"], make: () => T): T {
  let text = texts.get(engine);
  if (text === undefined) {
    text = make();
    texts.set(engine, text);
  }
  return text;
}

function placeholders<P>(): Parameters<P> {
  return new Proxy({}, { get: (_, name) => ({ [marker]: String(name) }) }) as Parameters<P>;
}

/** A read whose text is compiled at its first use. `build` gets placeholders named like the keys of P. */
export function preparedRead<P extends object, R>(
  build: (db: Reader, values: Parameters<P>) => Compilable,
): (on: Reader, values: P) => Promise<readonly R[]> {
  const texts: PerEngine<Prepared> = new Map();
  return async (on, values) => {
    const connection = directConnection(on);
    const prepared = textFor(texts, connection.engine, () => prepare(build(on, placeholders<P>()).compile()));
    const { rows } = await connection.run(prepared.sql, prepared.bind(values as Record<string, unknown>));
    return rows as readonly R[];
  };
}

/** A write whose text is compiled at its first use; resolves to the number of rows it changed. */
export function preparedWrite<P extends object>(
  build: (db: Kysely<Schema>, values: Parameters<P>) => Compilable,
): (tx: Tx, values: P) => Promise<number> {
  const texts: PerEngine<Prepared> = new Map();
  return async (tx, values) => {
    const connection = directConnection(tx);
    const prepared = textFor(texts, connection.engine, () => prepare(build(tx, placeholders<P>()).compile()));
    const { changes } = await connection.run(prepared.sql, prepared.bind(values as Record<string, unknown>));
    return changes;
  };
}

/** A write that answers with rows (`returning`), whose text is compiled at its first use. */
export function preparedReturning<P extends object, R>(
  build: (db: Kysely<Schema>, values: Parameters<P>) => Compilable,
): (tx: Tx, values: P) => Promise<readonly R[]> {
  return preparedRead<P, R>((tx, values) => build(tx as Tx, values));
}

/** Parameters in one statement at most: both engines take more. */
const PARAMETERS_MAX = 16_000;

/**
 * Inserts rows of one table by as few statements as the engine allows; the text is kept per number of rows.
 * @param onConflict what becomes of rows that are there already, without values of its own; otherwise they fail
 */
export function preparedInsert<Row extends object, Table extends keyof Schema & string = keyof Schema & string>(
  table: Table,
  columns: readonly (keyof Row & string)[],
  onConflict?: (insert: InsertQueryBuilder<Schema, Table, InsertResult>) => Compilable,
): (tx: Tx, rows: readonly Row[]) => Promise<void> {
  const textsOf: PerEngine<Map<number, string>> = new Map();
  const rowsMax = Math.floor(PARAMETERS_MAX / columns.length);
  return async (tx, rows) => {
    const connection = directConnection(tx);
    const texts = textFor(textsOf, connection.engine, () => new Map<number, string>());
    for (let from = 0; from < rows.length; from += rowsMax) {
      const slice = rows.slice(from, from + rowsMax);
      let text = texts.get(slice.length);
      if (text === undefined) {
        // The values are placeholders for the compiler: only the text is kept.
        const rowOfNulls = Object.fromEntries(columns.map((column) => [column, 0]));
        // A job that fails is rolled back whole: SQLite need not copy each page first to take this one statement back.
        const fails = connection.engine === "sqlite" && onConflict === undefined;
        const insert = fails ? tx.insertInto(table).orFail() : tx.insertInto(table);
        const rowsOf = insert as unknown as {
          values(rows: object[]): InsertQueryBuilder<Schema, Table, InsertResult>;
        };
        const values = rowsOf.values(slice.map(() => rowOfNulls));
        text = (onConflict?.(values) ?? values).compile().sql;
        if (texts.size < 256) texts.set(slice.length, text);
      }
      const parameters: unknown[] = [];
      for (const row of slice) for (const column of columns) parameters.push(row[column] ?? null);
      await connection.run(text, parameters);
    }
  };
}
