/**
 * The primary dies and its streaming standby takes over (Q3, Q10). Commits wait for the standby's disk, so nothing acknowledged is lost; the nodes
 * reach whoever is primary by one address that is led to the other server, as a proxy or a virtual address does. Seed in the title.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { type StandbyServer, startStandby } from "../tools/services/postgres.ts";
import { noCluster, startCluster } from "./cluster/cluster.ts";
import { beginStory, rounds, SEED } from "./cluster/rounds.ts";

test(`Q3/Q10: the primary stops and the standby is promoted, and nothing acknowledged is lost (seed ${SEED})`, {
  skip: noCluster,
}, async (t) => {
  const cluster = await startCluster(t);
  const story = await beginStory(cluster);
  let standby: StandbyServer | null = null;
  await story.strike(t, {
    rounds: rounds(2),
    // Before people come: a copy of the primary takes its time.
    prepare: async () => {
      standby = await startStandby(cluster.primary);
      cluster.keep(standby);
    },
    strike: async (random) => {
      assert.ok(standby !== null);
      await cluster.primary.halt(random.next() < 0.7 ? "immediate" : "fast");
      await pause(random.between(0, 400));
      await standby.promote();
      cluster.follow(standby);
    },
  });
  await story.end(t);
});
