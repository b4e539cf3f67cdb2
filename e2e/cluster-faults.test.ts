/**
 * What happens to three nodes, their database and their bucket under load (Q3, Q4, Q10): killed, restarted, cut off in the middle of a transaction,
 * full of errors, slow, gone. After each round the auditor looks at what people were promised. The seed is in the titles.
 */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Fault as BucketFault } from "../apps/server/src/platform/blobs/testing/faulty-line.ts";
import { suiteScope } from "../apps/server/src/testing/world.ts";
import { noCluster, startCluster } from "./cluster/cluster.ts";
import { beginStory, rounds, SEED, type Story } from "./cluster/rounds.ts";

/** The word alone, as the simple query protocol ends it: columns have names that begin alike. */
const COMMIT = "commit\0";
/** Until somebody commits. */
const PATIENCE_MS = 30_000;
const STATEMENTS = [COMMIT, COMMIT, "begin", "insert into", "update", "select"];

describe(`three nodes under load (seed ${SEED})`, { skip: noCluster }, () => {
  const scope = suiteScope();
  let story: Story;
  before(async () => {
    story = await beginStory(await startCluster(scope));
  });

  test("Q10: a node killed at any moment loses nothing and gives nothing twice", async (t) => {
    await story.strike(t, {
      rounds: rounds(3),
      strike: async (random) => {
        const node = random.pick(story.cluster.nodes);
        if (node === undefined) return;
        await node.kill();
        await pause(random.between(0, 600));
        await node.start();
      },
    });
  });

  test("Q10: PostgreSQL stopped, in order or as by a power cut, and started again", async (t) => {
    await story.strike(t, {
      rounds: rounds(3),
      strike: async (random) => {
        await story.cluster.primary.halt(random.next() < 0.7 ? "immediate" : "fast");
        await pause(random.between(0, 800));
        await story.cluster.primary.resume();
      },
    });
  });

  test("Q10: connections cut in the middle of transactions, and between a commit and its answer", async (t) => {
    const { databaseLine } = story.cluster;
    await story.strike(t, {
      rounds: rounds(3),
      strike: async (random) => {
        const before = databaseLine.cuts;
        for (let cut = 0; cut < 8; cut++) {
          databaseLine.cutAt(random.pick(STATEMENTS) ?? COMMIT, random.next() < 0.7 ? "answered" : "before");
          await pause(random.between(20, 150));
        }
        databaseLine.cutAt(COMMIT, "answered");
        await pause(random.between(20, 150));
        // On a busy machine nobody may have come by yet.
        const deadlineMs = performance.now() + PATIENCE_MS;
        while (databaseLine.cuts === before && performance.now() < deadlineMs) await pause(20);
        if (random.next() < 0.5) databaseLine.cutAll();
        assert.ok(databaseLine.cuts > before, "no connection was cut");
      },
    });
  });

  test("Q10: a bucket that answers 500, is slow, breaks off, or is gone", async (t) => {
    const { bucketLine } = story.cluster;
    await story.strike(t, {
      rounds: rounds(4),
      strike: async (random) => {
        const faults: readonly BucketFault[] = [
          { kind: "answer", status: 500, code: "InternalError" },
          { kind: "answer", status: 503, code: "SlowDown" },
          { kind: "slow", delayMs: random.between(50, 700) },
          { kind: "cut", from: "client", afterBytes: random.between(1, 60_000) },
          { kind: "cut", from: "server", afterBytes: random.between(1, 60_000) },
          { kind: "silent" },
        ];
        bucketLine.suffer(random.pick(faults) ?? { kind: "none" });
        await pause(random.between(300, 2500));
        bucketLine.suffer({ kind: "none" });
      },
    });
  });

  test("Q10/Z8: hours and days later every mail has gone out, and nothing is left of what was not accepted", async (t) => {
    await story.end(t);
  });
});
