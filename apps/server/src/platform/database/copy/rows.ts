/**
 * Rows of any table, out of one database and into another: read in pages by key, so that memory stays flat; written so that a row which is
 * there already stays, so that a copy which was cut can be done again. Text, integers and bytes mean the same on both engines.
 */
import { createHash } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import type { Reader, Tx } from "../connections.ts";
import type { ColumnKind, TableShape } from "./shapes.ts";

export type Value = string | number | Uint8Array | null;
/** Values in the order of the shape's columns. */
export type Row = readonly Value[];

/** Rows of a page: the widest row has some ten kilobytes. */
const PAGE_ROWS = 500;
/** Parameters in one statement at most: both engines take more. */
const PARAMETERS_MAX = 16_000;

/** All rows of a table in the order of its key, a page at a time. */
export async function* readRows(on: Reader, shape: TableShape): AsyncGenerator<readonly Row[]> {
  const key = sql.join(shape.key.map((name) => sql.ref(name)));
  const columns = sql.join(shape.columns.map(({ name }) => sql.ref(name)));
  const keyAt = shape.key.map((name) => shape.columns.findIndex((column) => column.name === name));
  let after: RawBuilder<unknown> = sql``;
  for (;;) {
    const page = sql<Record<string, unknown>>`
      select ${columns} from ${sql.table(shape.name)} ${after} order by ${key} limit ${sql.lit(PAGE_ROWS)}`;
    const found = await page.execute(on);
    const rows = found.rows.map((row) => shape.columns.map(({ name, kind }) => storedValue(row[name], kind)));
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) return;
    after = sql`where (${key}) > (${sql.join(keyAt.map((at) => last[at]))})`;
  }
}

/** Adds rows; those whose key is there already are left as they are. */
export async function insertRows(tx: Tx, shape: TableShape, rows: readonly Row[]): Promise<void> {
  const columns = sql.join(shape.columns.map(({ name }) => sql.ref(name)));
  const rowsMax = Math.floor(PARAMETERS_MAX / shape.columns.length);
  for (let from = 0; from < rows.length; from += rowsMax) {
    const values = rows.slice(from, from + rowsMax).map((row) => sql`(${sql.join([...row])})`);
    await sql`insert into ${sql.table(shape.name)} (${columns}) values ${sql.join(values)} on conflict do nothing`.execute(
      tx,
    );
  }
}

export async function hasRows(on: Reader, shape: TableShape): Promise<boolean> {
  const { rows } = await sql`select 1 as one from ${sql.table(shape.name)} limit 1`.execute(on);
  return rows.length > 0;
}

function storedValue(value: unknown, kind: ColumnKind): Value {
  if (value === null || value === undefined) return null;
  if (kind === "bytes") {
    if (value instanceof Uint8Array) return value;
  } else if (kind === "text") {
    if (typeof value === "string") return value;
  } else {
    // 64 bits come as text or bigint from some drivers; ours are times and sizes, far below 2^53.
    const number = Number(value);
    if (Number.isSafeInteger(number)) return number;
  }
  throw new Error("a column holds what its type does not allow");
}

/** One row as one line of text: a JSON array, bytes as base64url. The same on every engine. */
export function encodeRow(row: Row): string {
  return JSON.stringify(row.map((value) => (value instanceof Uint8Array ? encodeBytes(value) : value)));
}

function encodeBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64url");
}

/** @throws Error when the line is not a row of this shape */
export function decodeRow(shape: TableShape, line: string): Row {
  const values: unknown = JSON.parse(line);
  if (!Array.isArray(values) || values.length !== shape.columns.length) throw new Error(`not a row of ${shape.name}`);
  return shape.columns.map(({ kind }, at) => {
    const value: unknown = values[at];
    return kind === "bytes" && typeof value === "string" ? Buffer.from(value, "base64url") : storedValue(value, kind);
  });
}

/** Tells two tables apart, whatever the order of their rows: engines sort text differently. */
export interface TableDigest {
  add(line: string): void;
  readonly rows: number;
  /** The sum of the SHA-256 of all lines modulo 2^256, as hexadecimal. Against mistakes, not against a forger. */
  value(): string;
}

export function createTableDigest(): TableDigest {
  let rows = 0;
  let sum = 0n;
  return {
    get rows() {
      return rows;
    },
    add: (line) => {
      rows += 1;
      sum += BigInt(`0x${createHash("sha256").update(line).digest("hex")}`);
    },
    value: () => BigInt.asUintN(256, sum).toString(16).padStart(64, "0"),
  };
}

/** The digest of a table as it stands. */
export async function digestTable(on: Reader, shape: TableShape): Promise<TableDigest> {
  const digest = createTableDigest();
  for await (const rows of readRows(on, shape)) for (const row of rows) digest.add(encodeRow(row));
  return digest;
}
