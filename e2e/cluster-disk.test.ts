/**
 * The disk of PostgreSQL is full under load (Q10): refused is refused whole, the database may go down over it, and when there is room again
 * everybody goes on. Nodes of a cluster keep nothing on a disk of their own. Seed in the title.
 */
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { noCluster, startCluster } from "./cluster/cluster.ts";
import { beginStory, rounds, SEED } from "./cluster/rounds.ts";
import { fill, makeRoom, mountSmall, noSmallDisk } from "./harness/small-disk.ts";
import { temporaryFolder } from "./harness.ts";

const MEBIBYTE = 1024 * 1024;
const DISK_BYTES = 192 * MEBIBYTE;
/** Until somebody feels it: the database has some room of its own that it fills first. */
const PATIENCE_MS = 15_000;

test(`Q10: PostgreSQL without room refuses, loses nothing, and goes on when there is room (seed ${SEED})`, {
  skip: noCluster || noSmallDisk,
}, async (t) => {
  const cleaning: (() => Promise<void> | void)[] = [];
  t.after(async () => {
    for (const clean of cleaning.toReversed()) await clean();
  });
  const scope = { after: (clean: () => Promise<void> | void) => void cleaning.push(clean) };
  const disk = await temporaryFolder(scope, "pli-disk");
  await mountSmall(scope, disk, DISK_BYTES);
  const settings = { max_wal_size: "48MB", min_wal_size: "32MB" };
  const cluster = await startCluster(scope, { postgres: { parent: disk, settings } });
  const story = await beginStory(cluster);
  await story.strike(t, {
    rounds: rounds(2),
    excused: ["storage_full"],
    strike: async (random, load) => {
      await fill(disk, random.between(0, 64 * 1024));
      const deadlineMs = performance.now() + PATIENCE_MS;
      while (load.givenUp === 0 && performance.now() < deadlineMs) await pause(50);
      await pause(random.between(0, 500));
      await makeRoom(disk);
      // Where there is no room for its log it goes down, and whoever keeps it starts it again.
      if (!(await cluster.primary.answers())) {
        await cluster.primary.halt("immediate");
        await cluster.primary.resume();
      }
    },
  });
  await story.end(t);
});
