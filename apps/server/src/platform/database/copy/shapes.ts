/**
 * What tables there are and what their columns hold, asked of the database itself: so that no table can be forgotten when an installation
 * is copied, backed up or restored. The only place that asks an engine for its catalogue.
 */
import { PostgresAdapter, type RawBuilder, sql } from "kysely";
import type { Reader } from "../connections.ts";

export type ColumnKind = "text" | "integer" | "bytes";

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
}

export interface TableShape {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Names of the columns of the primary key, in its order. */
  readonly key: readonly string[];
}

/** Tables that tell of this copy of the data, and are not data. */
export const NOT_DATA: ReadonlySet<string> = new Set(["pli_migrations", "pli_copying"]);

const KINDS: Readonly<Record<string, ColumnKind>> = {
  text: "text",
  integer: "integer",
  bigint: "integer",
  blob: "bytes",
  bytea: "bytes",
};

interface CatalogueRow {
  readonly table_name: string;
  readonly column_name: string;
  readonly type: string;
  /** Place in the primary key from 1; 0 outside it. */
  readonly key_place: number;
}

/** Whether `on` speaks to PostgreSQL: the catalogues of the engines differ, nothing else does. */
function isPostgres(on: Reader): boolean {
  return on.getExecutor().adapter instanceof PostgresAdapter;
}

/** Every table that holds data, in the order of their names. @throws Error for a column type or a table that cannot be copied */
export async function readShapes(on: Reader): Promise<readonly TableShape[]> {
  const { rows } = await (isPostgres(on) ? POSTGRES_CATALOGUE : SQLITE_CATALOGUE).execute(on);
  const tables = Map.groupBy(
    rows.filter((row) => !NOT_DATA.has(row.table_name)),
    (row) => row.table_name,
  );
  return [...tables].map(([name, columns]) => shapeOf(name, columns)).toSorted(byName);
}

/** Whether there is a table of this name. */
export async function hasTable(on: Reader, name: string): Promise<boolean> {
  const { rows } = await (isPostgres(on) ? POSTGRES_CATALOGUE : SQLITE_CATALOGUE).execute(on);
  return rows.some((row) => row.table_name === name);
}

function shapeOf(name: string, rows: readonly CatalogueRow[]): TableShape {
  const columns = rows.map(({ column_name, type }) => {
    const kind = KINDS[type.toLowerCase()];
    if (kind === undefined) throw new Error(`the column ${name}.${column_name} has a type that cannot be copied`);
    return { name: column_name, kind };
  });
  const inKey = rows.filter(({ key_place }) => Number(key_place) > 0);
  const key = inKey.toSorted((a, b) => Number(a.key_place) - Number(b.key_place)).map((row) => row.column_name);
  if (key.length === 0) throw new Error(`the table ${name} has no primary key: it cannot be copied`);
  // By name, so that two databases whose columns came in another order have the same shape.
  return { name, columns: columns.toSorted(byName), key };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

const SQLITE_CATALOGUE: RawBuilder<CatalogueRow> = sql`
  select t.name as table_name, c.name as column_name, c.type as type, c.pk as key_place
  from sqlite_schema t join pragma_table_info(t.name) c
  where t.type = 'table' and t.name not like 'sqlite_%'`;

const POSTGRES_CATALOGUE: RawBuilder<CatalogueRow> = sql`
  select c.table_name as table_name, c.column_name as column_name, c.data_type as type,
    coalesce(array_position(i.indkey::int2[], c.ordinal_position::int2), -1) + 1 as key_place
  from information_schema.columns c
  left join pg_index i on i.indrelid = (quote_ident(c.table_schema) || '.' || quote_ident(c.table_name))::regclass and i.indisprimary
  where c.table_schema = current_schema()`;
