/**
 * Databases for tests, on one PostgreSQL per run: the one that the test runner started and named in the environment, or, for a file that is
 * run alone, one of this process. Each caller has a database of its own, dropped afterwards.
 */
import process from "node:process";
import { createDatabase, dropDatabase, startPostgres } from "./postgres.ts";

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

/** A new, empty database as the operator's guide asks for it. @returns its URL */
export async function testDatabase(scope: Scope): Promise<string> {
  const adminUrl = await sharedPostgres();
  const url = await createDatabase(adminUrl);
  scope.after(() => dropDatabase(adminUrl, url));
  return url;
}
