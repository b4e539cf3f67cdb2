/**
 * Faults in rounds: people work, something breaks at a random moment and is mended, people go on; then the auditor looks. At the end the
 * clock is put forward, so that what was left over is tried again or swept away, and the auditor looks once more. The same again
 * by PLI_SOAK_SEED, more of it by PLI_SOAK_ROUNDS.
 */
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import type { TestContext } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { nodeCrypto } from "@pli/core/crypto-node";
import { createServer, readConfig } from "@pli/server";
import { cleanRows, endOverdue, sweepBlobs } from "../../apps/server/src/features/jobs/index.ts";
import { auditClean, auditContent, auditLateMails, auditStored, auditTimes } from "../audit/auditor.ts";
import { confirmRevoking, createSender, submitAgain } from "../audit/clients.ts";
import { createLedger } from "../audit/ledger.ts";
import { auditRepeats, type FaultSpan } from "../audit/mail-auditor.ts";
import { createRandom, type Random } from "../audit/random.ts";
import type { Cluster } from "./cluster.ts";
import { createPatientWire, type Load, type People, startLoad } from "./load.ts";

export const SEED = Number(process.env.PLI_SOAK_SEED ?? randomInt(2 ** 31));
const HOUR_MS = 3_600_000;
const HAPPENED_MS = 60_000;

/** @param few rounds where nobody asks for more: all faults together are to take minutes at most */
export const rounds = (few: number): number => Number(process.env.PLI_SOAK_ROUNDS ?? few);

export interface Fault {
  /** Before each round. */
  readonly prepare?: () => Promise<void>;
  /** Breaks something, and mends it. */
  readonly strike: (random: Random, load: Load) => Promise<void>;
  readonly rounds: number;
  /** Error codes that this fault excuses. */
  readonly excused?: readonly string[];
  /** Nothing breaks in between: no mail may come twice. */
  readonly isLasting?: boolean;
}

/** What happens on one cluster, fault after fault. */
export interface Story {
  readonly cluster: Cluster;
  strike(t: TestContext, fault: Fault): Promise<void>;
  /** Hours and days later. The nodes are stopped. */
  end(t: TestContext): Promise<void>;
}

export async function beginStory(cluster: Cluster): Promise<Story> {
  const wire = createPatientWire(cluster.fetch);
  const ledger = createLedger();
  const random = createRandom(SEED);
  const installation = { dataFolder: cluster.settings.PLI_DATA ?? "", place: cluster.settings, origin: cluster.origin };
  const people: People = {
    origin: cluster.origin,
    wire,
    sender: await createSender({ ...installation, ownerAddress: "owner@example.org" }, wire),
    ledger,
    random,
    mails: cluster.mails,
  };
  const spans: FaultSpan[] = [];
  const fromMs = Date.now();

  /** A proof needs something that happened, however slow the machine is. */
  const untilHappened = async ({ messages, openings }: ReturnType<typeof happened>) => {
    const deadlineMs = performance.now() + HAPPENED_MS;
    while (performance.now() < deadlineMs) {
      const now = happened(people);
      if (now.messages > messages && now.openings > openings) return;
      await pause(50);
    }
  };
  const oneRound = async (fault: Fault, load: Load) => {
    await pause(random.between(300, 1500));
    const fromMs = Date.now();
    await fault.strike(random, load);
    await cluster.ready();
    if (fault.isLasting !== true) spans.push({ fromMs, untilMs: Date.now() });
    await pause(random.between(300, 1000));
  };
  return {
    cluster,
    strike: async (t, fault) => {
      t.after(() => tellFaults(t, cluster));
      const before = happened(people);
      let done = 0;
      const refusals = new Map<string, number>();
      for (let round = 1; round <= fault.rounds; round++) {
        await fault.prepare?.();
        const load = startLoad({ ...people, excused: fault.excused ?? [] });
        let complaints: readonly string[];
        try {
          await oneRound(fault, load);
          await untilHappened(before);
        } finally {
          complaints = await load.stop();
        }
        done += load.done;
        for (const [code, count] of load.refusals) refusals.set(code, (refusals.get(code) ?? 0) + count);
        assert.deepEqual(complaints, [], `round ${round}, seed ${SEED}`);
        await settle(people);
        assert.deepEqual(await auditStored(cluster.place, ledger), [], `round ${round}, seed ${SEED}`);
      }
      const { messages, openings, replies } = happened(people);
      const news = { messages: messages - before.messages, openings: openings - before.openings };
      const told = [...refusals].map(([code, count]) => `${count} ${code}`).join(", ");
      t.diagnostic(
        `seed ${SEED}, ${fault.rounds} rounds: ${done} deeds done, given up: ${told || "none"}; ${news.messages} messages, ${news.openings} openings, ` +
          `${replies - before.replies} replies`,
      );
      const why = `too little happened for a proof; ${cluster.mails.arrivals.size} mails came`;
      assert.ok(news.messages >= fault.rounds && news.openings > 0, why);
    },
    end: async (t) => {
      const run = { fromMs, untilMs: Date.now() };
      assert.deepEqual(auditTimes(await cluster.place.rows(), run), [], `seed ${SEED}`);
      assert.deepEqual(await auditContent(people.sender.transport(), nodeCrypto, people.sender.keys, ledger), []);
      await lookLater(cluster, people);
      const { excused, findings } = auditRepeats(cluster.mails, spans);
      assert.deepEqual(findings, [], `seed ${SEED}`);
      t.diagnostic(`${cluster.mails.arrivals.size} mails, ${excused} of them came again around a fault`);
    },
  };
}

function happened({ ledger }: People) {
  const openings = [...ledger.grants.values()].reduce((sum, { openingsGiven }) => sum + openingsGiven, 0);
  return { messages: ledger.messages.size, openings, replies: ledger.replies.size };
}

/** What got no answer is ordered again, as a person would; then it is taken, once. */
async function settle({ sender, ledger }: People): Promise<void> {
  await submitAgain(sender, ledger);
  for (const message of ledger.messages.values()) {
    if (message.revoking === "ordered") await confirmRevoking(sender, message);
  }
}

/** The nodes stop; one that comes hours later sends what they left, one that comes days later leaves nothing behind. */
async function lookLater(cluster: Cluster, { ledger, mails }: People): Promise<void> {
  for (const node of cluster.nodes) await node.stop();
  const startLater = (laterMs: number) =>
    createServer(readConfig({ ...cluster.settings, PLI_PORT: "0", PLI_LOG: "silent" }), {
      clock: { now: () => Date.now() + laterMs },
    });
  const later = await startLater(2 * HOUR_MS);
  try {
    await later.listen();
    assert.deepEqual(await auditLateMails(ledger, mails), [], `seed ${SEED}`);
  } finally {
    await later.close();
  }
  // Does not listen, so its jobs run when they are called, and at no other moment.
  const muchLater = await startLater(80 * HOUR_MS);
  try {
    for (const job of [endOverdue, sweepBlobs, cleanRows]) await job(muchLater.services);
    assert.deepEqual(await auditClean(cluster.place), [], `seed ${SEED}`);
    assert.deepEqual(await auditStored(cluster.place, ledger), [], `days later, seed ${SEED}`);
  } finally {
    await muchLater.close();
  }
}

/** What a node took for a fault of its own: to be read when something is wrong. */
function tellFaults(t: TestContext, { nodes }: Cluster): void {
  const lines = nodes.flatMap((node) => node.output().split("\n"));
  for (const line of lines.filter((one) => one.includes('"level":50')).slice(-5)) t.diagnostic(`a node said: ${line}`);
}
