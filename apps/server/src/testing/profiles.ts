/**
 * The two ways to run Pli (Q4): on a file of SQLite and a folder, or on PostgreSQL and a bucket as several nodes share them. Whatever touches the
 * database is tested on both by the same text.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "node:test";
import { testBucketSettings } from "../../../../tools/services/s3.ts";
import { emptyDatabase } from "../../../../tools/services/shared-postgres.ts";
import { type DatabasePlace, parsePostgresUrl } from "../platform/database/index.ts";
import { createServer, type PliServer, readConfig } from "../server.ts";
import { createWorld, type Scope, type World } from "./world.ts";

export interface Profile {
  readonly name: "sqlite" | "cluster";
  /** Settings of a new, empty installation, gone with the scope. Its data folder is the caller's. */
  environment(scope: Scope): Promise<Readonly<Record<string, string>>>;
  /** A new, empty database alone. */
  place(scope: Scope): Promise<DatabasePlace>;
  /** As `createWorld`, on this profile. */
  createWorld(scope: Scope, environment?: Readonly<Record<string, string>>): Promise<World>;
  /** One more node of the same installation, by the same clock; it serves. */
  startNode(scope: Scope, world: World): Promise<PliServer>;
}

const PROFILES: readonly Profile[] = [
  profile("sqlite", async () => ({}), sqlitePlace),
  profile(
    "cluster",
    async (scope) => ({
      PLI_DATABASE_URL: await emptyDatabase(scope),
      ...(await testBucketSettings()),
      PLI_BLOBS_DIRECT: "1",
    }),
    async (scope) => postgresPlace(await emptyDatabase(scope)),
  ),
];

async function sqlitePlace(scope: Scope): Promise<DatabasePlace> {
  const folder = await mkdtemp(join(tmpdir(), "pli-db-"));
  scope.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return { engine: "sqlite", path: join(folder, "pli.db") };
}

/** A database of these tests as the server's configuration names it. */
export function postgresPlace(url: string, connections = 10): Extract<DatabasePlace, { engine: "postgres" }> {
  return parsePostgresUrl(url, { password: undefined, file: undefined }, connections);
}

/** Declares the same tests for each profile, under its name. */
export function onBothProfiles(declare: (profile: Profile) => void): void {
  for (const one of PROFILES) describe(`on ${one.name}`, () => declare(one));
}

function profile(name: Profile["name"], environment: Profile["environment"], place: Profile["place"]): Profile {
  return {
    name,
    environment,
    place,
    createWorld: async (scope, more = {}) => {
      // What was made last goes first, whoever calls: the database goes when no server stands on it any more.
      const cleaning: (() => Promise<void> | void)[] = [];
      scope.after(async () => {
        for (const clean of cleaning.toReversed()) await clean();
      });
      const inner: Scope = { after: (clean) => void cleaning.push(clean) };
      return await createWorld(inner, { ...(await environment(inner)), ...more });
    },
    startNode: async (scope, world) => {
      const node = await createServer(readConfig(world.settings), { clock: { now: () => world.now() } });
      scope.after(() => node.close());
      await node.listen();
      return node;
    },
  };
}
