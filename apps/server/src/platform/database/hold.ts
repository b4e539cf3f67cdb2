/**
 * Holding what a transaction reads and then changes. On SQLite writers come one after the other and there is nothing to hold; on
 * PostgreSQL they run side by side. One order for everybody, or two wait for each other: the envelope, its grants by id, the rest.
 */
import { sql } from "kysely";
import { directConnection, type Reader, type Tx } from "./connections.ts";

interface Lockable<Q> {
  forUpdate(): Q;
}
interface SkippingLockable<Q> {
  forUpdate(): { skipLocked(): Q };
}

/** The same query; the rows it finds stay as they are until the transaction ends. */
export function forUpdate<Q extends Lockable<Q>>(on: Reader, query: Q): Q {
  return writesSideBySide(on) ? query.forUpdate() : query;
}

/** The same, passing over rows that somebody else holds: for work of which anybody may take any. */
export function forUpdateSkippingHeld<Q extends SkippingLockable<Q>>(on: Reader, query: Q): Q {
  return writesSideBySide(on) ? query.forUpdate().skipLocked() : query;
}

/** Whether other transactions write at the same time. */
export function writesSideBySide(on: Reader): boolean {
  return directConnection(on).engine === "postgres";
}

/** Holds a name until the transaction ends: for what has no row yet that could be held. Seldom: it is one list for the whole server. */
export async function holdName(tx: Tx, name: string): Promise<void> {
  if (!writesSideBySide(tx)) return;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 7310575178))`.execute(tx);
}
