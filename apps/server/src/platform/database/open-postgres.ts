/**
 * The database on a PostgreSQL server that several nodes share. A write is one transaction (read committed) on a connection of its own:
 * jobs run side by side, so they hold what they read and then change (`hold.ts`).
 */
import { PliError } from "@pli/core/errors";
import type pg from "pg";
import { directConnection, type Reader, setDirectConnection, type Tx } from "./connections.ts";
import type { Db } from "./database.ts";
import type { DirectConnection } from "./dialect/engine.ts";
import { connectionFault, lostConflict, lostConnection, translateFault } from "./dialect/faults.ts";
import {
  createStatementNames,
  type PostgresConnection,
  postgresConnection,
  postgresEngine,
  postgresKysely,
} from "./dialect/postgres.ts";
import { connect, connectAlone, createPool } from "./dialect/postgres-pool.ts";
import { MigrationRefused, migrate } from "./migrate.ts";
import type { PostgresPlace } from "./place.ts";
import { createPostgresSignals } from "./postgres-signals.ts";
import { type Session, writeOn } from "./postgres-write.ts";
import type { Schema } from "./schema.ts";
import { sharedTurns } from "./shared-turns.ts";

const VERSION_MIN = 140_000;
/** Known to all nodes: who holds it migrates, or wipes. Any numbers would do, as long as they stay. */
export const MIGRATION_LOCK = "7310575178";
/** A migration waits so long for a table that is in use, and holds up everybody behind it meanwhile. */
const TABLE_LOCK_SQL = "set lock_timeout = '30s'";
/** Tables in which keys, wrapped or sealed, or secrets were: all whose columns hold such, a test looks. */
const KEY_TABLES = [
  "grants",
  "seals",
  "secrets",
  "thread_keys",
  "outbox",
  "key_slots",
  "sign_in_links",
  "totp_factors",
];
const READS_MAX = 3;
const SERVER_TIME = "select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now_ms";

export async function openPostgresDatabase(place: PostgresPlace, now: () => number): Promise<Db> {
  await bringUpToDate(place, now);
  const pool = createPool(place);
  const names = createStatementNames();
  const sessions = new WeakMap<pg.PoolClient, Session>();
  const sessionOf = (client: pg.PoolClient): Session => {
    let session = sessions.get(client);
    if (session === undefined) {
      const connection = postgresConnection(client, names);
      const door = doorTo(connection);
      const kysely = postgresKysely<Schema>({ acquire: async () => door.connection, release: () => {} });
      setDirectConnection(kysely, door.connection);
      // The only cast that makes a Tx of a server: `writeOn` uses it inside its transaction only.
      session = { connection, tx: kysely as Tx, setOpen: door.setOpen };
      sessions.set(client, session);
    }
    return session;
  };
  const signals = createPostgresSignals(() => connectAlone(place, { timed: true }));
  const reader = pooledReader(pool, (client) => sessionOf(client).connection);
  let version = 0;
  let closing: Promise<void> | null = null;
  return {
    read: reader,
    write: (job) => writeOn(() => connect(pool), sessionOf, job),
    // Another node may write at any moment: nothing that was read before is known to be so still.
    version: () => {
      version += 1;
      return version;
    },
    raise: signals.raise,
    hear: signals.hear,
    serverTime: async () => {
      const { rows } = await directConnection(reader).run(SERVER_TIME, []);
      return (rows[0] as { now_ms: number }).now_ms;
    },
    emptyLog: () => vacuumKeys(place),
    close: () => {
      closing ??= signals.close().then(() => pool.end());
      return closing;
    },
  };
}

/** The same connection, as long as it is open. */
function doorTo(connection: PostgresConnection) {
  let isOpen = false;
  const requireOpen = () => {
    if (!isOpen) throw new TypeError("a job asked something after its end");
  };
  const guarded: PostgresConnection = {
    ...connection,
    run: async (text, parameters) => {
      requireOpen();
      return await connection.run(text, parameters);
    },
    executeQuery: async (query) => {
      requireOpen();
      return await connection.executeQuery(query);
    },
  };
  const setOpen = (open: boolean) => {
    isOpen = open;
  };
  return { connection: guarded, setOpen };
}

/**
 * Reads, on whatever connection is free; those that are asked in one breath go together. One whose connection breaks is asked again on
 * another, and one that had company whatever went wrong: it changed nothing.
 */
function pooledReader(pool: pg.Pool, connectionOf: (client: pg.PoolClient) => PostgresConnection): Reader {
  const shared = sharedTurns(pool);
  const ask = async <T>(query: (connection: PostgresConnection) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      const turn = await shared.take(attempt > 1);
      try {
        const answer = await query(connectionOf(turn.client));
        turn.release();
        return answer;
      } catch (error) {
        turn.release(lostConnection(error));
        const again = turn.hadCompany || lostConnection(error) || lostConflict(error);
        if (attempt < READS_MAX && again) continue;
        throw translateFault(error);
      }
    }
  };
  const direct: DirectConnection = {
    engine: "postgres",
    run: (text, parameters) => ask((connection) => connection.run(text, parameters)),
  };
  const connection: PostgresConnection = {
    ...direct,
    executeQuery: (query) => ask((one) => one.executeQuery(query)),
    command: (text) => ask((one) => one.command(text)),
    streamQuery: () => {
      throw new TypeError("streams of rows are not used: pages by keyset are");
    },
  };
  const kysely = postgresKysely<Schema>({ acquire: async () => connection, release: () => {} });
  setDirectConnection(kysely, direct);
  return kysely;
}

/** Migrates under a lock that all nodes know: those that start together do it once. @throws MigrationRefused, PliError `unavailable` */
async function bringUpToDate(place: PostgresPlace, now: () => number): Promise<void> {
  const client = await connectAlone(place);
  try {
    const connection = postgresConnection(client, createStatementNames());
    const { rows } = await connection.run("select current_setting('server_version_num')::int as version", []);
    if ((rows[0] as { version: number }).version < VERSION_MIN) {
      throw new MigrationRefused("PostgreSQL 14 or newer is needed");
    }
    await connection.run(`select pg_advisory_lock(${MIGRATION_LOCK})`, []);
    await connection.command(TABLE_LOCK_SQL);
    const kysely = postgresKysely<Schema>({ acquire: async () => connection, release: () => {} }, "schema");
    await migrate(kysely, postgresEngine, now);
  } catch (error) {
    if (error instanceof MigrationRefused || error instanceof PliError) throw error;
    throw translateFault(error);
  } finally {
    // The lock goes with the connection.
    await client.end().catch(() => {});
  }
}

/**
 * Takes dead rows out of the tables of keys. One node at a time is enough: a table that is being done is passed over. Indexes hold no key and
 * are gone through only where many rows died: it takes time with the size of the table.
 */
async function vacuumKeys(place: PostgresPlace): Promise<void> {
  const client = await connectAlone(place);
  try {
    await client.query(`vacuum (skip_locked, index_cleanup auto, truncate off, parallel 0) ${KEY_TABLES.join(", ")}`);
  } catch (error) {
    throw translateFault(connectionFault(error));
  } finally {
    await client.end().catch(() => {});
  }
}
