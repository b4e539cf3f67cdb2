/**
 * Databases for tests, on one PostgreSQL per run: the one that the test runner started and named in the environment, or, for a file that is
 * run alone, one of this process. Each caller has a database of its own: a new one, dropped afterwards, or one that was emptied.
 */
import process from "node:process";
import { startPostgres } from "./postgres.ts";
import { createDatabase, dropDatabase, rowsOf } from "./postgres-databases.ts";

/** Set by tools/test.ts: the superuser's URL of the run's server. */
export const SHARED_POSTGRES = "PLI_TEST_POSTGRES";

interface Scope {
  after(clean: () => Promise<void> | void): void;
}

let own: Promise<string> | undefined;

/** The superuser's URL of the run's server. @throws Error in plain words when PostgreSQL is missing */
export async function sharedPostgres(): Promise<string> {
  const given = process.env[SHARED_POSTGRES];
  if (given !== undefined && given !== "") return given;
  // It ends with this process.
  own ??= startPostgres().then((server) => server.adminUrl);
  return await own;
}

/** A new, empty database as the operator's guide asks for it: for who changes more than rows. @returns its URL */
export async function testDatabase(scope: Scope): Promise<string> {
  const adminUrl = await sharedPostgres();
  const url = await createDatabase(adminUrl);
  scope.after(() => dropDatabase(adminUrl, url));
  return url;
}

/**
 * The same, perhaps one that somebody had before and that has its tables already, without a row. Making a database and dropping it costs a
 * second of a small disk, and there are hundreds of tests. Nobody must be connected to it when the scope ends. @returns its URL
 */
export async function emptyDatabase(scope: Scope): Promise<string> {
  const adminUrl = await sharedPostgres();
  const [free] = await rowsOf<{ url: string }>(
    adminUrl,
    `delete from free_databases where url = (select url from free_databases limit 1 for update skip locked) returning url`,
  ).catch(() => []);
  const url = free?.url ?? (await createDatabase(adminUrl));
  scope.after(async () => {
    try {
      await empty(url);
      await rowsOf(adminUrl, "create table if not exists free_databases (url text primary key)").catch(() => []);
      await rowsOf(adminUrl, "insert into free_databases values ($1)", [url]);
    } catch {
      await dropDatabase(adminUrl, url);
    }
  });
  return url;
}

async function empty(url: string): Promise<void> {
  const tables = await rowsOf<{ name: string }>(
    url,
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> 'pli_migrations'",
  );
  // Rows are few: deleting them is done at once, where truncating makes new files.
  const statements = tables.map(({ name }) => `delete from "${name}" where true;`);
  await rowsOf(
    url,
    `set lock_timeout = '2s'; begin; set constraints all deferred; ${orderly(statements).join(" ")} commit`,
  );
}

/** Those that others refer to come last. */
function orderly(statements: readonly string[]): readonly string[] {
  const isLast = (statement: string) => /"organisations"/.test(statement);
  return [...statements.filter((one) => !isLast(one)), ...statements.filter(isLast)];
}
