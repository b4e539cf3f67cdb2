/**
 * The database: `read` for queries, `write` for everything that changes something. `write` runs its job in a transaction that
 * is durable when the promise resolves. Never hands out a way to write outside of it.
 */
import type { Reader, Tx } from "./connections.ts";
import { openSqliteDatabase } from "./open-sqlite.ts";
import type { DatabasePlace } from "./place.ts";
import type { Signals } from "./signals.ts";

export { directConnection, type Reader, type Tx } from "./connections.ts";

export interface Db extends Signals {
  readonly read: Reader;
  /**
   * Runs `job` in a transaction and resolves when it is on the disk. What `job` throws rolls back all it did. `job` must await only
   * queries of its transaction, and may run more than once: it must leave nothing outside the database (`afterCommit` may).
   * @throws `storage_full`, `bad_input` (a text with a zero byte), and what `job` throws; `unavailable` when the database is gone, or
   * went while it committed: then nobody knows whether it did, and whoever asks again must look first
   */
  write<T>(job: (tx: Tx) => Promise<T>): Promise<T>;
  /** Another number whenever somebody may have written: what was read under the same number is still so. */
  version(): number;
  /** Wipes what was overwritten or deleted (keys of what was destroyed, Z8) from where the engine still keeps it, as far as it can. */
  emptyLog(): Promise<void>;
  /** The time by the database's own clock, in ms since 1970; null where this machine's is the only one. @throws PliError `unavailable` */
  serverTime(): Promise<number | null>;
  close(): Promise<void>;
}

/** Opens (SQLite: and creates) the database at `place`, and migrates it. @throws SchemaError, PliError `unavailable` */
export async function openDatabase(place: DatabasePlace, now: () => number): Promise<Db> {
  if (place.engine === "sqlite") return await openSqliteDatabase(place.path, now);
  // Its driver is loaded by those who need it.
  const { openPostgresDatabase } = await import("./open-postgres.ts");
  return await openPostgresDatabase(place, now);
}
