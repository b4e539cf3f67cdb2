/**
 * Crash anywhere (Q10): the real server process is killed at random moments while people send, upload, open, answer and revoke, and is started
 * again on the same data; then the auditor looks. More rounds by PLI_KILL_ROUNDS, the same ones again by PLI_KILL_SEED.
 */
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { nodeCrypto } from "@pli/core/crypto-node";
import { PliError } from "@pli/core/errors";
import { createServer, readConfig } from "@pli/server";
import { cleanRows, endOverdue, sweepBlobs } from "../apps/server/src/features/jobs/index.ts";
import { auditClean, auditContent, auditErased, auditLateMails, auditStored } from "./audit/auditor.ts";
import {
  confirmRevoking,
  createSender,
  createWire,
  openOne,
  revokeOne,
  type Sender,
  sendOne,
  submitAgain,
  type Wire,
} from "./audit/clients.ts";
import { createLedger, type Ledger } from "./audit/ledger.ts";
import { type MailSink, startMailSink } from "./audit/mail-sink.ts";
import { createRandom, type Random } from "./audit/random.ts";
import { folderPlace } from "./audit/stored-rows.ts";
import { type RunningServer, startServer } from "./harness.ts";

const ROUNDS = Number(process.env.PLI_KILL_ROUNDS ?? 25);
const SEED = Number(process.env.PLI_KILL_SEED ?? randomInt(2 ** 31));
const HOUR_MS = 3_600_000;
const LONGEST_ROUND_MS = 4_000;

interface Scene {
  readonly server: RunningServer;
  readonly sender: Sender;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly mails: MailSink;
  readonly wire: Wire;
}

/** Does `act` over and over until the server is gone. @throws what is neither a cut connection nor a server that is not there */
async function untilKilled(isKilled: () => boolean, act: () => Promise<void>): Promise<void> {
  while (!isKilled()) {
    try {
      await act();
    } catch (error) {
      const cut = error instanceof PliError && ["network", "unavailable", "cancelled"].includes(error.code);
      if (!cut) throw error;
      return;
    }
  }
}

async function oneRound({ server, sender, ledger, random, mails, wire }: Scene): Promise<void> {
  let killed = false;
  const isKilled = () => killed;
  const work = [
    ...Array.from({ length: 3 }, () => untilKilled(isKilled, () => sendOne(sender, ledger, random))),
    ...Array.from({ length: 4 }, () =>
      untilKilled(isKilled, async () => {
        await openOne({ wire, origin: server.origin }, ledger, random, mails);
        await pause(1);
      }),
    ),
    untilKilled(isKilled, async () => {
      await pause(random.between(20, 200));
      await revokeOne(sender, ledger, random);
    }),
  ];
  const done = Promise.all(work);
  // In the middle of some request, wherever the server then is in its work; or when it does not get on.
  await Promise.race([
    pause(LONGEST_ROUND_MS),
    wire.after(random.between(1, 150)).then(() => pause(random.between(0, 25))),
    done,
  ]);
  killed = true;
  await server.kill();
  await done;
}

/** What got no answer is ordered again, as a person would; then all must be well. */
async function recover({ server, sender, ledger, random }: Scene): Promise<void> {
  // Sometimes the crash comes while it is still starting.
  if (random.next() < 0.2) {
    const starting = server.start().catch(() => undefined);
    await pause(random.between(50, 400));
    await server.kill();
    await starting;
  }
  await server.start();
  const findings = await auditStored(folderPlace(server.dataFolder), ledger);
  assert.deepEqual(findings, [], `after a crash (seed ${SEED})`);
  await submitAgain(sender, ledger);
  for (const message of ledger.messages.values()) {
    if (message.revoking === "ordered") await confirmRevoking(sender, message);
  }
}

test(`Q10: ${ROUNDS} kills at random lose nothing accepted, give no extra opening, leave no orphan (seed ${SEED})`, async (t) => {
  const mails = await startMailSink(t);
  const server = await startServer(t, {
    env: { PLI_SMTP_URL: mails.smtpUrl, PLI_MAIL_FROM: "pli@town.example", PLI_TRUST_PROXY: "1" },
  });
  const wire = createWire();
  const scene: Scene = {
    server,
    sender: await createSender(server, wire),
    wire,
    ledger: createLedger(),
    random: createRandom(SEED),
    mails,
  };
  // Told only when something is wrong.
  t.after(() => {
    const faults = server
      .output()
      .split("\n")
      .filter((line) => line.includes('"fault"'));
    for (const fault of faults.slice(-5)) t.diagnostic(`the server said: ${fault}`);
  });
  for (let round = 0; round < ROUNDS; round++) {
    await oneRound(scene);
    await recover(scene);
  }
  const { sender, ledger } = scene;
  const sent = ledger.messages.size;
  const opened = [...ledger.grants.values()].reduce((sum, { openingsGiven }) => sum + openingsGiven, 0);
  t.diagnostic(`${sent} messages, ${opened} openings, ${ledger.replies.size} replies, ${mails.links.size} mails`);
  assert.ok(sent >= ROUNDS && opened >= ROUNDS / 4, "too little happened for a proof");
  assert.deepEqual(await auditContent(sender.transport(), nodeCrypto, sender.keys, ledger), []);
  await server.stop();
  const left = (await readdir(server.dataFolder)).toSorted();
  assert.deepEqual(left, ["blobs", "destroyed", "pli.db", "server.key"], "a clean stop leaves one database file");
  assert.deepEqual(await auditStored(folderPlace(server.dataFolder), ledger), []);
  assert.deepEqual(await auditErased(server.dataFolder, ledger), []);

  // Later: what was leased to a dead process is tried again; then drafts are over, and what was left is swept.
  const startLater = (laterMs: number) =>
    createServer(
      readConfig({
        PLI_PORT: "0",
        PLI_DATA: server.dataFolder,
        PLI_LOG: "silent",
        PLI_SMTP_URL: mails.smtpUrl,
        PLI_MAIL_FROM: "pli@town.example",
        PLI_URL: server.origin,
      }),
      { clock: { now: () => Date.now() + laterMs } },
    );
  const later = await startLater(2 * HOUR_MS);
  try {
    await later.listen();
    assert.deepEqual(await auditLateMails(ledger, mails), []);
  } finally {
    await later.close();
  }
  // Does not listen, so its jobs run when they are called, and at no other moment.
  const muchLater = await startLater(80 * HOUR_MS);
  t.after(() => muchLater.close());
  for (const job of [endOverdue, sweepBlobs, cleanRows]) await job(muchLater.services);
  assert.deepEqual(await auditClean(folderPlace(server.dataFolder)), []);
  assert.deepEqual(await auditStored(folderPlace(server.dataFolder), ledger), []);
});
