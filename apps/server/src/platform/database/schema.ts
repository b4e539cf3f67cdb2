/**
 * The tables of the database as types. Each feature adds its own tables by declaration merging in its `*.table.ts`:
 * `declare module "../../platform/database/schema.ts" { interface Schema { sessions: SessionsTable } }`.
 * Columns hold text, integers, bytes and null only: times are milliseconds since 1970 (`_ms`), flags are 0 or 1. Short binary values
 * are base64url text as on the wire, so that no codec stands between; those of a kilobyte (sealed keys) are bytes, a quarter smaller.
 */

export interface Schema {
  pli_migrations: { name: string; applied_at_ms: number };
}

/** base64url as on the wire to bytes as stored. */
export function toBytes(text: string): Uint8Array {
  return Buffer.from(text, "base64url");
}

/** Bytes as stored to base64url as on the wire. */
export function fromBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64url");
}

/** A flag column. */
export type Flag = 0 | 1;

export function toFlag(value: boolean): Flag {
  return value ? 1 : 0;
}

export function fromFlag(value: number): boolean {
  return value !== 0;
}
