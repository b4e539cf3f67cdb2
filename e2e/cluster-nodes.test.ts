/** Nodes that die at random moments under load (Q10): killed as a power cut kills, and started again. */
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { noCluster, startCluster } from "./cluster/cluster.ts";
import { rounds, SEED, underFaults } from "./cluster/rounds.ts";

test(`Q10: a node of three killed at random loses nothing and gives nothing twice (seed ${SEED})`, {
  skip: noCluster,
}, async (t) => {
  const cluster = await startCluster(t);
  await underFaults(t, cluster, {
    rounds: rounds(4),
    strike: async (random) => {
      const node = random.pick(cluster.nodes);
      if (node === undefined) return;
      await node.kill();
      await pause(random.between(0, 600));
      await node.start();
    },
  });
});
