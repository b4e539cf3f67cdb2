/** What a PostgreSQL server is like, as far as Pli stands on it: for the doctor. Changes nothing. Never tells a secret. */
import { PliError } from "@pli/core/errors";
import pg from "pg";
import { connectionFault, type PostgresFault, translateFault } from "./dialect/faults.ts";
import { clientConfig } from "./dialect/postgres-pool.ts";
import type { PostgresPlace } from "./place.ts";

export interface PostgresFacts {
  /** Such as 150018. */
  readonly version: number;
  /** Whether its role may make tables in the schema it uses. */
  readonly mayMigrate: boolean;
  /** `on` or stricter: a commit is on the disk when it is answered. `off`: Pli asks for `on` itself. */
  readonly synchronousCommit: string;
  readonly fsync: boolean;
  readonly encoding: string;
  /** Whether capital letters beyond ASCII are known: searches ignore case. */
  readonly knowsLetters: boolean;
  /** Connections left for everybody when this was asked. */
  readonly connectionsFree: number;
  /** Its clock less ours, in milliseconds, give or take the way there. */
  readonly clockAheadMs: number;
  readonly encrypted: boolean;
}

const FACTS = `select
  current_setting('server_version_num')::int as version,
  coalesce(has_schema_privilege(current_schema(), 'create'), false) as may_migrate,
  current_setting('synchronous_commit') as synchronous_commit,
  current_setting('fsync') = 'on' as fsync,
  current_setting('server_encoding') as encoding,
  lower('ÉÑ') = 'éñ' as knows_letters,
  current_setting('max_connections')::int - (select count(*) from pg_stat_activity where backend_type = 'client backend')::int as connections_free,
  extract(epoch from clock_timestamp())::double precision * 1000 as clock_ms,
  coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted`;

/** Why a server could not be asked, as a doctor can treat it. */
export type PostgresTrouble = "unreachable" | "password" | "database" | "busy" | "other";

/** @throws PliError when the connection breaks between */
export async function examinePostgres(place: PostgresPlace): Promise<PostgresFacts | PostgresTrouble> {
  const client = new pg.Client(clientConfig(place, true));
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    return troubleOf(connectionFault(error));
  }
  try {
    const askedMs = Date.now();
    const [facts] = (await client.query(FACTS)).rows;
    const answeredMs = Date.now();
    if (facts === undefined) throw new PliError("internal");
    return {
      version: facts.version,
      mayMigrate: facts.may_migrate,
      synchronousCommit: facts.synchronous_commit,
      fsync: facts.fsync,
      encoding: facts.encoding,
      knowsLetters: facts.knows_letters,
      connectionsFree: facts.connections_free,
      clockAheadMs: Math.round(facts.clock_ms - (askedMs + answeredMs) / 2),
      encrypted: facts.encrypted,
    };
  } catch (error) {
    throw error instanceof PliError ? error : translateFault(connectionFault(error));
  } finally {
    await client.end().catch(() => {});
  }
}

function troubleOf({ code }: PostgresFault): PostgresTrouble {
  if (code === "connection") return "unreachable";
  if (code.startsWith("28")) return "password";
  if (code === "3D000" || code === "42501") return "database";
  return code.startsWith("53") || code.startsWith("57") ? "busy" : "other";
}
