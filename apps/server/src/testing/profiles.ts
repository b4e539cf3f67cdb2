/**
 * The two ways to run Pli (Q4): on a file of SQLite and a folder, or on PostgreSQL as several nodes share it. Whatever touches the
 * database is tested on both by the same text.
 */
import { describe } from "node:test";
import { testDatabase } from "../../../../tools/services/shared-postgres.ts";
import { createWorld, type Scope, type World } from "./world.ts";

export interface Profile {
  readonly name: "sqlite" | "cluster";
  /** Settings of a new, empty installation, gone with the scope. Its data folder is the caller's. */
  environment(scope: Scope): Promise<Readonly<Record<string, string>>>;
  /** As `createWorld`, on this profile. */
  createWorld(scope: Scope, environment?: Readonly<Record<string, string>>): Promise<World>;
}

const PROFILES: readonly Profile[] = [
  profile("sqlite", async () => ({})),
  profile("cluster", async (scope) => ({ PLI_DATABASE_URL: await testDatabase(scope) })),
];

/** Declares the same tests for each profile, under its name. */
export function onBothProfiles(declare: (profile: Profile) => void): void {
  for (const one of PROFILES) describe(`on ${one.name}`, () => declare(one));
}

function profile(name: Profile["name"], environment: Profile["environment"]): Profile {
  return {
    name,
    environment,
    createWorld: async (scope, more = {}) => {
      // What was made last goes first, whoever calls: the database goes when no server stands on it any more.
      const cleaning: (() => Promise<void> | void)[] = [];
      scope.after(async () => {
        for (const clean of cleaning.toReversed()) await clean();
      });
      const inner: Scope = { after: (clean) => void cleaning.push(clean) };
      return await createWorld(inner, { ...(await environment(inner)), ...more });
    },
  };
}
