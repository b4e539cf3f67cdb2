/** Leases of jobs, at their own seam, over the databases of several nodes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openDatabase } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { onBothProfiles, type Profile } from "../../testing/profiles.ts";
import type { Scope } from "../../testing/world.ts";
import { runLeased } from "./lease-job.ts";

const EVERY_MS = 60_000;
const LEASE_MS = 30_000;

/** Nodes of one installation, by one clock that the test moves. */
async function setUp(t: Scope, profile: Profile, count: number) {
  const place = await profile.place(t);
  let nowMs = Date.UTC(2026, 10, 1);
  const clock = { now: () => nowMs };
  const nodes: Services[] = [];
  for (let index = 0; index < count; index++) {
    const db = await openDatabase(place, clock.now);
    t.after(() => db.close());
    nodes.push({ db, clock } as Services);
  }
  const run = (index: number, work: (goOn: () => boolean) => Promise<void>, goOn = () => true) =>
    runLeased(
      nodes[index] as Services,
      "test",
      { owner: `node ${index}`, everyMs: EVERY_MS, leaseMs: LEASE_MS, goOn },
      work,
    );
  return { nodes, run, move: (ms: number) => (nowMs += ms) };
}

function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

onBothProfiles((profile) => {
  test("Q3: of nodes that look at once one runs the job, and nobody again before its time", async (t) => {
    const { run, move } = await setUp(t, profile, 4);
    let runs = 0;
    const all = () => Promise.all([0, 1, 2, 3, 0, 1, 2, 3].map((node) => run(node, async () => void runs++)));
    await all();
    assert.equal(runs, 1);
    move(EVERY_MS - 1);
    await all();
    assert.equal(runs, 1);
    move(1);
    await all();
    assert.equal(runs, 2);
  });

  test("Q3/Q10: a node that dies with a job is followed by another when its lease is over", async (t) => {
    const { nodes, run, move } = await setUp(t, profile, 2);
    const begun = gate();
    const dies = gate();
    const dead = run(0, async () => {
      begun.open();
      await dies.opened;
    });
    await begun.opened;
    let taken = 0;
    move(LEASE_MS - 1);
    await run(1, async () => void taken++);
    assert.equal(taken, 0);
    move(1);
    await run(1, async () => void taken++);
    assert.equal(taken, 1);
    // Back from the dead, it may not give back what is another's.
    await nodes[0]?.db.close();
    dies.open();
    await assert.rejects(dead);
    await run(1, async () => void taken++);
    assert.equal(taken, 1);
  });

  test("Q10: a node that stops leaves the turn to others at once; a job that fails waits for its next turn", async (t) => {
    const { run } = await setUp(t, profile, 2);
    let stopping = false;
    await run(
      0,
      async (goOn) => {
        assert.ok(goOn());
        stopping = true;
        assert.ok(!goOn());
      },
      () => !stopping,
    );
    let runs = 0;
    await assert.rejects(
      run(1, async () => {
        runs++;
        throw new Error("no luck");
      }),
    );
    await run(1, async () => void runs++);
    assert.equal(runs, 1);
  });

  test("Q10: a clock that was set back keeps no job from running", async (t) => {
    const { run, move } = await setUp(t, profile, 1);
    let runs = 0;
    move(365 * 24 * 3_600_000);
    await run(0, async () => void runs++);
    move(-365 * 24 * 3_600_000);
    await run(0, async () => void runs++);
    assert.equal(runs, 2);
  });
});
