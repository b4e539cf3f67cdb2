/** A database as it stood at one instant, or held for oneself alone, on either engine. */
import type { Reader } from "../connections.ts";
import type { DatabasePlace } from "../place.ts";
import { ownPostgres, snapshotPostgres } from "./postgres-snapshot.ts";
import { ownSqlite, snapshotSqlite } from "./sqlite-snapshot.ts";

export interface Snapshot {
  readonly read: Reader;
  close(): Promise<void>;
}

/** @param temporary path for a file that holds the data until `close`; not every engine needs it */
export function openSnapshot(place: DatabasePlace, temporary: string): Promise<Snapshot> {
  return place.engine === "sqlite" ? snapshotSqlite(place.path, temporary) : snapshotPostgres(place);
}

/** Nobody writes until `close`. @throws Error `words` when a server uses it */
export function ownDatabase(place: DatabasePlace, words: string): Promise<Snapshot> {
  return place.engine === "sqlite" ? ownSqlite(place.path, words) : ownPostgres(place, words);
}
