/**
 * A PostgreSQL database as it stood at one instant: one transaction, repeatable read, that only reads. Alone: with no other session of Pli,
 * and under the lock that a starting node waits for.
 */
import { setDirectConnection } from "../connections.ts";
import { createStatementNames, postgresConnection, postgresKysely } from "../dialect/postgres.ts";
import { connectAlone } from "../dialect/postgres-pool.ts";
import { MIGRATION_LOCK } from "../open-postgres.ts";
import type { PostgresPlace } from "../place.ts";
import type { Schema } from "../schema.ts";
import type { Snapshot } from "./snapshot.ts";

/** Sessions of others: the name is what every connection of Pli goes by. */
const OTHERS = `select count(*)::int as others from pg_stat_activity
  where datname = current_database() and application_name = 'pli' and pid <> pg_backend_pid()`;

export async function snapshotPostgres(place: PostgresPlace): Promise<Snapshot> {
  const { connection, snapshot } = await openReading(place);
  await connection.command("begin isolation level repeatable read read only");
  return snapshot;
}

/** @throws Error `words` */
export async function ownPostgres(place: PostgresPlace, words: string): Promise<Snapshot> {
  const { connection, snapshot } = await openReading(place);
  const locked = await connection.run(`select pg_try_advisory_lock(${MIGRATION_LOCK}) as held`, []);
  const found = await connection.run(OTHERS, []);
  const isAlone = (found.rows[0] as { others: number }).others === 0;
  if (isAlone && (locked.rows[0] as { held: boolean }).held) {
    await connection.command("begin isolation level repeatable read read only");
    return snapshot;
  }
  await snapshot.close();
  throw new Error(words);
}

async function openReading(place: PostgresPlace) {
  const client = await connectAlone(place);
  const connection = postgresConnection(client, createStatementNames());
  const read = postgresKysely<Schema>({ acquire: async () => connection, release: () => {} });
  setDirectConnection(read, connection);
  // The transaction and the lock go with the connection.
  const snapshot: Snapshot = { read, close: async () => await client.end().catch(() => {}) };
  return { connection, snapshot };
}
