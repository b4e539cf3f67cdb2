/**
 * Statements that are asked in one breath go to the server in one piece, and come back in one (extended query protocol, PostgreSQL manual,
 * "Message Flow": one Sync at the end). When one fails, the server passes over all behind it: nothing that follows a `begin` ever runs outside
 * of its transaction. Never translates the engine's words: whoever asked does.
 */
import type pg from "pg";

/** One statement, and whoever waits for it. */
export interface Asked {
  /** Prepared under this name once per connection; without one it is planned each time. */
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly Parameter[];
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}
export interface Answer {
  readonly rows: readonly object[];
  /** Rows found or changed. */
  readonly count: number;
  /** As the server confirmed it: `SELECT`, `COMMIT`. */
  readonly command: string;
}

export type Parameter = Buffer | string | null;

interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}
/** The columns of what is prepared on one connection, by name: a prepared statement never changes them. */
export type Prepared = Map<string, readonly Column[]>;

/** From the type of a column to what makes a value of its text. */
export type ParserOf = (typeId: number) => (text: string) => unknown;

/** What the driver hands on to the query whose turn it is (`pg/lib/client.js`): the protocol's messages. */
export interface Batch extends pg.Submittable {
  readonly statements: readonly Asked[];
  /** The driver winds its clock around it: to be called when all is over. */
  callback: (error?: unknown) => void;
  handleRowDescription(message: { readonly fields: readonly { name: string; dataTypeID: number }[] }): void;
  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void;
  handleCommandComplete(message: { readonly text: string }): void;
  handleReadyForQuery(): void;
  handleError(error: unknown): void;
}

/** Of a confirmation such as `INSERT 0 1`, `SELECT 3`, `CREATE TABLE`. */
const COMMAND = /^[A-Z]+/;
const COUNT = /\d+$/;

/** @param over called before anybody has an answer: the connection may take the next batch */
export function createBatch(
  statements: readonly Asked[],
  prepared: Prepared,
  parserOf: ParserOf,
  over: () => void,
): Batch {
  const tell: (() => void)[] = [];
  let described: readonly Column[] = [];
  let rows: object[] = [];
  let unreadable: { readonly error: unknown } | null = null;
  let isOver = false;
  const current = () => statements[tell.length];
  const columnsOf = (asked: Asked | undefined) => (asked?.name === undefined ? undefined : prepared.get(asked.name));

  const end = (): void => {
    isOver = true;
    over();
    for (const answered of tell) answered();
    batch.callback();
  };
  /** Those that were answered before are told so, unless the end itself has failed: then nothing is sure. */
  const fail = (error: unknown): void => {
    if (isOver) return;
    isOver = true;
    const name = current()?.name;
    if (name !== undefined) prepared.delete(name);
    over();
    const answered = tell.length === statements.length ? 0 : tell.length;
    for (const tellOne of tell.slice(0, answered)) tellOne();
    for (const asked of statements.slice(answered)) asked.reject(error);
    batch.callback(error);
  };

  const batch: Batch = {
    statements,
    callback: () => {},
    submit: (connection) => {
      connection.stream.cork();
      for (const asked of statements) ask(connection, asked, columnsOf(asked) === undefined);
      connection.sync();
      connection.stream.uncork();
    },
    handleRowDescription: ({ fields }) => {
      described = fields.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) }));
    },
    handleDataRow: ({ fields }) => {
      const columns = columnsOf(current()) ?? described;
      const row: Record<string, unknown> = {};
      try {
        for (const [index, { name, parse }] of columns.entries()) {
          const text = fields[index];
          row[name] = text === null || text === undefined ? null : parse(text);
        }
      } catch (error) {
        unreadable = { error };
      }
      rows.push(row);
    },
    handleCommandComplete: ({ text }) => {
      const asked = current();
      if (asked === undefined) return;
      if (asked.name !== undefined && columnsOf(asked) === undefined) prepared.set(asked.name, described);
      const answer = { rows, count: Number(COUNT.exec(text)?.[0] ?? 0), command: COMMAND.exec(text)?.[0] ?? "" };
      const failure = unreadable;
      tell.push(failure === null ? () => asked.resolve(answer) : () => asked.reject(failure.error));
      described = [];
      rows = [];
      unreadable = null;
    },
    handleReadyForQuery: () => {
      if (!isOver) end();
    },
    handleError: fail,
  };
  return batch;
}

/** Parse where it is needed, Bind, Execute. Closed before it is prepared: a batch that failed does not say how far it came. */
function ask(connection: pg.Connection, { name = "", text, values }: Asked, isNew: boolean): void {
  if (isNew && name !== "") connection.close({ type: "S", name }, true);
  if (isNew) connection.parse({ name, text, types: [] }, true);
  connection.bind({ statement: name, values: [...values] }, true);
  if (isNew) connection.describe({ type: "P" }, true);
  connection.execute(null, true);
}

/** As the protocol takes it: bytes as they are, all else as text. */
export function asParameter(value: unknown): Parameter {
  if (value === null || value === undefined) return null;
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (typeof value === "object") throw new TypeError("a parameter is a text, a number or bytes");
  return String(value);
}
