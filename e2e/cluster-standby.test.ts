/**
 * The primary dies and its streaming standby takes over (Q3, Q10), sometimes when they have not heard of each other for a moment. Commits wait for
 * the standby's disk, so nothing acknowledged is lost; the nodes reach whoever is primary by one address that is led to the other
 * server, as a proxy or a virtual address does. Seed in the title.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { type CuttableLine, openCuttableLine } from "../apps/server/src/platform/database/testing/cuttable-line.ts";
import { type StandbyServer, startStandby } from "../tools/services/postgres.ts";
import { noCluster, startCluster } from "./cluster/cluster.ts";
import { beginStory, rounds, SEED } from "./cluster/rounds.ts";

/** A port at which nobody listens. */
const NOWHERE = 1;

test(`Q3/Q10: the primary stops and the standby is promoted, and nothing acknowledged is lost (seed ${SEED})`, {
  skip: noCluster,
}, async (t) => {
  const cluster = await startCluster(t);
  const story = await beginStory(cluster);
  let standby: StandbyServer | null = null;
  let line: CuttableLine | null = null;
  await story.strike(t, {
    rounds: rounds(2),
    // Before people come: a copy of the primary takes its time.
    prepare: async () => {
      line = await openCuttableLine(cluster.primary.port);
      t.after(line.close);
      standby = await startStandby(cluster.primary, line.port);
      cluster.keep(standby);
    },
    strike: async (random) => {
      assert.ok(standby !== null && line !== null);
      if (random.next() < 0.7) {
        // The last that the primary writes never arrives: who is told that it is kept has been told too much.
        line.leadTo(NOWHERE);
        line.cutAll();
        await pause(random.between(100, 600));
      }
      await cluster.primary.halt(random.next() < 0.7 ? "immediate" : "fast");
      await pause(random.between(0, 400));
      await standby.promote();
      cluster.follow(standby);
    },
  });
  await story.end(t);
});
