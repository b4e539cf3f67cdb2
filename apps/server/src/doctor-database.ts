/** The doctor's look at the database: whether it opens, takes a write and is up to date; of a PostgreSQL server, whether it keeps what it promises. */
import type { Config } from "./config.ts";
import type { Finding } from "./doctor.ts";
import { systemClock } from "./platform/clock.ts";
import {
  MigrationRefused,
  openDatabase,
  type PostgresFacts,
  type PostgresPlace,
  type PostgresTrouble,
  placeName,
} from "./platform/database/index.ts";

const VERSION_MIN = 140_000;
const CLOCK_TOLERANCE_MS = 5_000;

const TROUBLES: Readonly<Record<PostgresTrouble, readonly [found: string, cure: string]>> = {
  unreachable: ["does not answer", "Check host and port of PLI_DATABASE_URL, the firewall, and sslmode"],
  password: ["refuses the user or the password", "Check PLI_DATABASE_URL, PGPASSWORD or PGPASSFILE, and pg_hba.conf"],
  database: ["has no such database, or not for this user", "Create it: create database pli owner pli"],
  busy: ["takes no more connections now", "Raise max_connections, or lower PLI_DATABASE_CONNECTIONS"],
  other: ["cannot be used", "Look into its log"],
};

/** One finding for SQLite; for PostgreSQL one for each thing that is not as it should be, or one that all is well. */
export async function examineDatabase(config: Config): Promise<readonly Finding[]> {
  const { database } = config;
  if (database.engine === "sqlite") {
    return [await opens(config, "Check the disk and the rights of pli.db, or restore it from your back-up")];
  }
  const { examinePostgres } = await import("./platform/database/examine-postgres.ts");
  const facts = await examinePostgres(database);
  if (typeof facts === "string") {
    const [found, cure] = TROUBLES[facts];
    return [{ check: "database", state: "fault", found: `${placeName(database)} ${found}`, cure }];
  }
  const findings = judge(database, facts);
  if (findings.some(({ state }) => state === "fault")) return findings;
  return [await opens(config, "Look into the log of PostgreSQL"), ...findings];
}

async function opens(config: Config, cure: string): Promise<Finding> {
  const name = config.database.engine === "sqlite" ? "" : `${placeName(config.database)} `;
  try {
    const db = await openDatabase(config.database, systemClock.now);
    try {
      // An empty job still begins and commits a write.
      await db.write(async () => undefined);
    } finally {
      await db.close();
    }
    return { check: "database", state: "ok", found: `${name}opens, writes, is up to date` };
  } catch (error) {
    if (error instanceof MigrationRefused) {
      return { check: "database", state: "fault", found: error.message, cure: "Never start an older version on it" };
    }
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    return { check: "database", state: "fault", found: `${name}cannot be used (${code})`, cure };
  }
}

function judge(place: PostgresPlace, facts: PostgresFacts): readonly Finding[] {
  const findings: Finding[] = [];
  const say = (state: "warning" | "fault", found: string, cure: string) =>
    findings.push({ check: "database", state, found, cure });
  if (facts.version < VERSION_MIN) {
    say("fault", `PostgreSQL ${Math.floor(facts.version / 10_000)} is too old`, "Upgrade it to 14 or later");
  }
  if (facts.encoding !== "UTF8") {
    say("fault", `its encoding is ${facts.encoding}`, "Create the database with: encoding 'UTF8' template template0");
  }
  if (!facts.mayMigrate) {
    say("fault", "its user may not make tables", "Make the user the owner: alter database pli owner to pli");
  }
  if (!facts.fsync) say("fault", "fsync is off: a power cut may lose everything", "Set fsync = on in postgresql.conf");
  if (facts.synchronousCommit === "off") {
    say(
      "warning",
      "synchronous_commit is off: Pli turns it on for itself",
      "Set synchronous_commit = on for the database",
    );
  }
  if (Math.abs(facts.clockAheadMs) > CLOCK_TOLERANCE_MS) {
    const by = `${Math.round(Math.abs(facts.clockAheadMs) / 1000)} s ${facts.clockAheadMs > 0 ? "ahead of" : "behind"}`;
    say("warning", `its clock is ${by} this machine's`, "Set both by NTP: codes and expiry live by this machine's");
  }
  if (!facts.knowsLetters) {
    say(
      "warning",
      "searches mind capitals beyond ASCII",
      "Create the database with: locale 'C.UTF-8', or a language's",
    );
  }
  if (facts.connectionsFree < place.connections) {
    const few = `${facts.connectionsFree} connections are free, this node takes up to ${place.connections}`;
    say("warning", few, "Raise max_connections, or lower PLI_DATABASE_CONNECTIONS");
  }
  return findings;
}
