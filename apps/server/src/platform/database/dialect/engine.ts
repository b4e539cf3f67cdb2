/** What differs between database engines, by name. Nothing outside platform/database may ask which engine it is. */
import type { RawBuilder } from "kysely";

/** Handed to migrations: column types and table options of the engine. */
export interface Engine {
  readonly name: "sqlite" | "postgres";
  /** Times in ms, sizes in bytes: 64 bits. */
  readonly bigint: "integer" | "bigint";
  /** Bytes. */
  readonly bytes: RawBuilder<unknown>;
  /** End of a `create table` whose rows live in the primary key's tree (SQLite: WITHOUT ROWID; elsewhere nothing). */
  readonly clustered: RawBuilder<unknown>;
}

/** One connection, or a pool of them, as the hot path sees it: a text, its parameters, rows out. */
export interface DirectConnection {
  /** Whose SQL it takes: a text compiled for one engine is kept for that engine. */
  readonly engine: Engine["name"];
  run(sql: string, parameters: readonly unknown[]): Promise<DirectResult>;
}
export interface DirectResult {
  readonly rows: readonly unknown[];
  readonly changes: number;
}
