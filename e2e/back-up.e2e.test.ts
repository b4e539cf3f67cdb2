/**
 * Back-up, restore and move as an operator runs them (Q4, Q6, Z8): of a real server while people send, open and revoke, each command killed
 * at random moments and run again; then the auditor looks at what came of it. The same again by PLI_KILL_SEED.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { PliError } from "@pli/core/errors";
import { ROOT } from "../tools/repository.ts";
import { auditErased, auditStored } from "./audit/auditor.ts";
import { createSender, createWire, openOne, revokeOne, sendOne } from "./audit/clients.ts";
import { createLedger, type Ledger } from "./audit/ledger.ts";
import { startMailSink } from "./audit/mail-sink.ts";
import { createRandom, type Random } from "./audit/random.ts";
import { folderPlace } from "./audit/stored-rows.ts";
import { startServer, temporaryFolder } from "./harness.ts";

const SEED = Number(process.env.PLI_KILL_SEED ?? randomInt(2 ** 31));
const KILLS = 3;
/** So long a command may take before it is killed: some are killed while they start, some at their end. */
const SLOWEST_MS = 2_500;
const PATIENCE_MS = 2_000;
/** Messages come to their end: after a while none of those that the back-up has may be left to be opened. */
const LIFE_MS = 6_000;

interface AdminRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command to its end, or kills it after so many milliseconds. */
async function admin(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  killAfterMs?: number,
): Promise<AdminRun> {
  const child = spawn(process.execPath, [join(ROOT, "apps/server/src/admin.ts"), ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (piece: string) => (out += piece));
  child.stderr.setEncoding("utf8").on("data", (piece: string) => (err += piece));
  const code = await new Promise<number | null>((finish) => child.on("close", finish));
  clearTimeout(timer);
  return { code, out, err };
}

/** Kills the command some times, then lets it end. @returns how many kills came before its end */
async function untilDone(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  random: Random,
): Promise<{ readonly run: AdminRun; readonly kills: number }> {
  let kills = 0;
  for (let round = 0; round < KILLS; round++) {
    const run = await admin(args, environment, random.between(300, SLOWEST_MS));
    if (run.code !== null) return { run, kills };
    kills += 1;
  }
  return { run: await admin(args, environment), kills };
}

/** What had been promised at this moment; the rest is told to the same entries later. */
function promisesSoFar(ledger: Ledger): Ledger {
  const known = [...ledger.messages].filter(([, message]) => message.acknowledged);
  const ids = new Set(known.map(([id]) => id));
  return {
    messages: new Map(known),
    grants: new Map([...ledger.grants].filter(([, grant]) => ids.has(grant.envelopeId))),
    replies: new Map([...ledger.replies].filter(([, reply]) => reply.acknowledged)),
  };
}

function happened(ledger: Ledger): { readonly revoked: number; readonly opened: number } {
  return {
    revoked: [...ledger.messages.values()].filter(({ revoking }) => revoking === "confirmed").length,
    opened: [...ledger.grants.values()].reduce((sum, { openingsGiven }) => sum + openingsGiven, 0),
  };
}

test(`Q6, Z8: a back-up under load, killed, restored, killed, moved, killed: nothing promised is lost, nothing destroyed is back (seed ${SEED})`, async (t) => {
  const random = createRandom(SEED);
  const mails = await startMailSink(t);
  const settings = { PLI_SMTP_URL: mails.smtpUrl, PLI_MAIL_FROM: "pli@town.example", PLI_TRUST_PROXY: "1" };
  const server = await startServer(t, { env: settings });
  const wire = createWire();
  const sender = await createSender(server, wire);
  const ledger = createLedger();
  const at = { wire, origin: server.origin };

  let isOver = false;
  const repeat = async (act: () => Promise<void>, everyMs: number) => {
    while (!isOver) {
      // At the end the server stops in the middle of what they do.
      await act().catch((error: unknown) => {
        if (!isOver || !(error instanceof PliError)) throw error;
      });
      await pause(everyMs);
    }
  };
  // A code that was asked just before its grant was revoked never comes: whoever waits for it is left behind.
  const tryToOpen = () => Promise.race([openOne(at, ledger, random, mails), pause(PATIENCE_MS)]);
  const load = Promise.all([
    ...Array.from({ length: 2 }, () => repeat(() => sendOne(sender, ledger, random), 5)),
    ...Array.from({ length: 2 }, () => repeat(tryToOpen, 5)),
    repeat(() => revokeOne(sender, ledger, random), 150),
  ]);
  const folder = join(await temporaryFolder(t, "pli-back-ups"), "here");
  const here = { PLI_DATA: server.dataFolder, PLI_URL: server.origin };
  let backUp: AdminRun;
  let promised: Ledger;
  try {
    // Something to copy first.
    while (ledger.messages.size < 10) await Promise.race([pause(50), load]);
    let kills = 0;
    for (let round = 0; round < KILLS; round++) {
      const run = await admin(["back-up", "--to", folder, "--with-key"], here, random.between(300, SLOWEST_MS));
      if (run.code === null) kills += 1;
      else assert.equal(run.code, 0, run.err);
    }
    promised = promisesSoFar(ledger);
    backUp = await admin(["back-up", "--to", folder, "--with-key"], here);
    assert.equal(backUp.code, 0, backUp.err);
    t.diagnostic(`back-up killed ${kills} times; ${backUp.err.split("\n")[0]}`);
    // Life goes on: openings and revocations that the back-up does not know.
    const before = happened(promised);
    const deadlineMs = performance.now() + LIFE_MS;
    const isQuiet = ({ revoked, opened }: typeof before) => revoked < before.revoked + 2 || opened < before.opened + 2;
    while (isQuiet(happened(promised)) && performance.now() < deadlineMs) {
      await Promise.race([pause(50), load]);
    }
  } finally {
    isOver = true;
    await server.stop();
    await load;
  }
  const partial = (await readdir(folder)).filter((name) => name.endsWith(".partial"));
  assert.deepEqual(partial, [], "a cut back-up was left");
  assert.equal((await stat(join(backUp.out.trim(), "server.key"))).mode & 0o077, 0);

  const dataFolder = await temporaryFolder(t, "pli-restored");
  const there = { PLI_DATA: dataFolder, PLI_DESTROYED: join(server.dataFolder, "destroyed"), PLI_URL: server.origin };
  const restored = await untilDone(["restore", "--from", folder], there, random);
  assert.equal(restored.run.code, 0, restored.run.err + restored.run.out);
  t.diagnostic(`restore killed ${restored.kills} times; ${restored.run.err.split("\n").slice(0, 2).join(" ")}`);
  assert.deepEqual(await auditStored(folderPlace(dataFolder), promised), [], "after the restore");

  // A server works on it, ends what is over, and leaves no key of what was revoked in any file.
  const again = await startServer(t, {
    env: { ...settings, PLI_DESTROYED: there.PLI_DESTROYED },
    dataFolder,
    port: server.port,
  });
  await again.stop();
  assert.deepEqual(await auditStored(folderPlace(dataFolder), promised), [], "after a start");
  assert.deepEqual(await auditErased(dataFolder, promised), []);

  const movedFolder = await temporaryFolder(t, "pli-moved");
  const file = join(await temporaryFolder(t, "pli-settings"), "new.env");
  await writeFile(file, `PLI_DATA=${movedFolder}\n`);
  const moved = await untilDone(["move", "--to", file], there, random);
  assert.equal(moved.run.code, 0, moved.run.err);
  t.diagnostic(`move killed ${moved.kills} times; ${moved.run.err.split("\n")[0]}`);
  assert.deepEqual(await auditStored(folderPlace(movedFolder), promised), [], "after the move");
  const verified = await admin(["verify", "--deep"], { PLI_DATA: movedFolder });
  assert.equal(verified.code, 0, verified.out);
  assert.ok((await readdir(movedFolder)).includes("server.key"));
});
