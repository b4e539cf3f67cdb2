/**
 * Connections to PostgreSQL (pg 8): how they are made, what each is told first, how values come back. Never puts a password, a
 * parameter or the engine's own words into an error.
 */
import pg from "pg";
import type { PostgresPlace } from "../place.ts";
import { connectionFault, PostgresFault, READS_ONLY, translateFault } from "./faults.ts";

/** Until a connection stands. */
export const CONNECT_MS = 5_000;
/** One statement of a request, or of a job: all of them go by an index and touch some hundred rows. */
export const STATEMENT_MS = 15_000;
/** Waiting for a row that somebody else holds. */
export const LOCK_MS = 8_000;
/** Between two statements of a transaction: a node that hangs must not hold its rows for ever. */
export const IDLE_IN_TRANSACTION_MS = 20_000;
/** A server that vanished without a word is given up after the statement's own time has passed. */
const SILENCE_MS = STATEMENT_MS + 5_000;

const INT8 = 20;
const NUMERIC = 1700;

/** Integers as numbers: all of ours are below 2^53. */
function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError("an integer of the database is too large");
  return value;
}

const types: pg.CustomTypesConfig = {
  getTypeParser: ((id: number, format?: "text" | "binary") =>
    id === INT8 || id === NUMERIC ? wholeNumber : pg.types.getTypeParser(id, format)) as typeof pg.types.getTypeParser,
};

/** What a client needs to connect; `limits` false for migrations and maintenance, which take their time. */
export function clientConfig(place: PostgresPlace, limits: boolean): pg.ClientConfig {
  return {
    host: place.host,
    port: place.port,
    database: place.database,
    user: place.user,
    // Never by the driver's own ways: what is not in the configuration is not there.
    password: () => place.password ?? "",
    ssl: tlsOptions(place),
    types,
    application_name: "pli",
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    ...(limits
      ? {
          statement_timeout: STATEMENT_MS,
          lock_timeout: LOCK_MS,
          idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
          query_timeout: SILENCE_MS,
        }
      : {}),
  };
}

function tlsOptions({ tls, host }: PostgresPlace): NonNullable<pg.ClientConfig["ssl"]> | false {
  if (tls.mode === "disable" || host.startsWith("/")) return false;
  const authorities = tls.authorities === null ? {} : { ca: tls.authorities };
  // As libpq: "require" only encrypts, unless authorities are given.
  if (tls.mode === "require" && tls.authorities === null) return { rejectUnauthorized: false };
  if (tls.mode === "verify-full") return { ...authorities, rejectUnauthorized: true };
  return { ...authorities, rejectUnauthorized: true, checkServerIdentity: () => undefined };
}

/**
 * A commit that was answered is on the disk, whatever the server's default; a stricter setting stays. And a standby is no place to be:
 * what is read there may be of yesterday. Compiling a statement to machine code takes longer than any of ours. No table is read whole, and a
 * page is read along its index rather than gathered and sorted: with a cost of 4 for a page out of turn, as on turning disks, an inbox of
 * a thousand replies was fetched whole for its first twenty.
 */
export const BEGIN_SESSION = `select pg_is_in_recovery() as is_standby, set_config('jit', 'off', false),
  set_config('enable_seqscan', 'off', false),
  case when current_setting('random_page_cost')::float8 > 1.1 then set_config('random_page_cost', '1.1', false) end,
  case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', false) end`;

export function createPool(place: PostgresPlace): pg.Pool {
  const pool = new pg.Pool({
    ...clientConfig(place, true),
    max: place.connections,
    idleTimeoutMillis: 60_000,
    onConnect: async (client: pg.ClientBase) => {
      const [session] = (await client.query<{ is_standby: boolean }>(BEGIN_SESSION)).rows;
      if (session?.is_standby !== false) throw new PostgresFault(READS_ONLY);
    },
  });
  // An idle connection that breaks is replaced by the next one that is needed; unheard, it would end the process.
  pool.on("error", () => {});
  return pool;
}

/** A connection of the pool. @throws PliError `unavailable` */
export async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    const client = await pool.connect();
    // A connection that breaks between two statements says so by an event; the next statement fails by itself.
    if (client.listenerCount("error") === 0) client.on("error", () => {});
    return client;
  } catch (error) {
    throw translateFault(connectionFault(error));
  }
}

/** A single connection for work of its own, without time limits unless it is `timed`; the caller ends it. @throws PliError `unavailable` */
export async function connectAlone(place: PostgresPlace, { timed = false } = {}): Promise<pg.Client> {
  const client = new pg.Client(clientConfig(place, timed));
  client.on("error", () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw translateFault(connectionFault(error));
  }
}
