/** Signals between nodes: heard by all, and again after the line was cut. */
import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { testDatabase } from "../../../../../tools/services/shared-postgres.ts";
import { onBothProfiles, postgresPlace } from "../../testing/profiles.ts";
import { afterCommit, type Db, openDatabase } from "./index.ts";

/** What a listener hears, one by one. */
function listenTo(db: Db) {
  let heard = 0;
  let wake = () => {};
  const stop = db.hear("outbox", () => {
    heard += 1;
    wake();
  });
  return {
    stop,
    count: () => heard,
    /** Resolves when more than `count` were heard. */
    more: async (count: number) => {
      while (heard <= count) {
        await new Promise<void>((resume) => {
          wake = resume;
        });
      }
    },
  };
}

onBothProfiles((profile) => {
  test("Q11: who orders is heard at once in its own process, and nobody hears what was rolled back", async (t) => {
    const db = await openDatabase(await profile.place(t), () => 0);
    t.after(() => db.close());
    const ear = listenTo(db);
    await db.write(async (tx) => afterCommit(tx, () => db.raise("outbox")));
    const count = ear.count();
    assert.ok(count >= 1);
    await assert.rejects(
      db.write(async (tx) => {
        afterCommit(tx, () => db.raise("outbox"));
        throw new Error("rolled back");
      }),
    );
    ear.stop();
    db.raise("outbox");
    assert.ok(ear.count() <= count + 1, "only what a line that was just made calls for");
  });
});

test("Q3/Q11: another node hears it; a line that is cut is made again, and what was missed is looked for", {
  timeout: 30_000,
}, async (t) => {
  const cleaning: (() => Promise<void> | void)[] = [];
  t.after(async () => {
    for (const clean of cleaning.toReversed()) await clean();
  });
  const url = await testDatabase({ after: (clean) => void cleaning.push(clean) });
  const open = async () => {
    const db = await openDatabase(postgresPlace(url), () => 0);
    cleaning.push(() => db.close());
    return db;
  };
  const [here, there] = [await open(), await open()];
  const near = listenTo(here);
  const far = listenTo(there);
  // Both lines stand when both were called for what they may have missed.
  await Promise.all([near.more(0), far.more(0)]);
  for (let round = 0; round < 3; round++) {
    const before = far.count();
    here.raise("outbox");
    await far.more(before);
  }
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  cleaning.push(() => admin.end());
  const [nearCount, farCount] = [near.count(), far.count()];
  const cut = await admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and (query ilike 'listen%' or query ilike '%pg_notify(%')",
  );
  assert.ok((cut.rowCount ?? 0) >= 2);
  // Made again, without a signal from anybody.
  await Promise.all([near.more(nearCount), far.more(farCount)]);
  const again = far.count();
  here.raise("outbox");
  await far.more(again);
});
