/**
 * The tables of the database as types. Each feature adds its own tables by declaration merging in its `*.table.ts`:
 * `declare module "../../platform/database/schema.ts" { interface Schema { sessions: SessionsTable } }`.
 * Columns hold text, integers and null only: times are milliseconds since 1970 (`_ms`), flags are 0 or 1, binary values are
 * base64url text as on the wire. So both engines store the same and no codec stands between.
 */

export interface Schema {
  pli_migrations: { name: string; applied_at_ms: number };
}

/** A flag column. */
export type Flag = 0 | 1;

export function toFlag(value: boolean): Flag {
  return value ? 1 : 0;
}

export function fromFlag(value: number): boolean {
  return value !== 0;
}
