/**
 * One node's clock is ten minutes off (Q3): it ends, locks, refuses and sends nothing that the others would not. The whole process is told the wrong
 * time (libfaketime), its timers go as everybody's. Seed in the title.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { PROGRAMS, requireProgram } from "../tools/system-packages.ts";
import { noCluster, startCluster } from "./cluster/cluster.ts";
import { beginStory, rounds, SEED } from "./cluster/rounds.ts";

/** Where the library is that tells a process another time; null where it cannot be had. */
function clockLibrary(): string | null {
  try {
    requireProgram(PROGRAMS.faketime);
  } catch {
    return null;
  }
  const paths = readdirSync("/usr/lib").map((triplet) => join("/usr/lib", triplet, "faketime/libfaketime.so.1"));
  return paths.find((path) => existsSync(path)) ?? null;
}

const library = clockLibrary();
const skip =
  noCluster || (library === null && "faketime is missing. Install it, on Debian by: apt-get install faketime");

describe(`a node whose clock is wrong (seed ${SEED})`, { skip }, () => {
  for (const [name, offset] of [
    ["ahead", "+10m"],
    ["behind", "-10m"],
  ] as const) {
    test(`Q3: one clock of three ten minutes ${name} changes nothing for anybody`, async (t) => {
      const cluster = await startCluster(t, {
        settingsOf: (node): Readonly<Record<string, string>> =>
          node === 1 ? { LD_PRELOAD: library ?? "", FAKETIME: offset, FAKETIME_DONT_FAKE_MONOTONIC: "1" } : {},
      });
      const story = await beginStory(cluster);
      await story.strike(t, { rounds: rounds(1), isLasting: true, strike: () => pause(4_000) });
      await story.end(t);
    });
  }
});
