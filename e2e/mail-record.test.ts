/** A mail that the relay took while the database was gone, or had no room (Q11): its node remembers, and nobody sends it a second time. */
import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Envelope } from "@pli/core/wire";
import { SMTPServer } from "smtp-server";
import { sendBlindly } from "../apps/server/src/testing/blind-sender.ts";
import { createWorld, type Scope, type World } from "../apps/server/src/testing/world.ts";
import { startPostgres } from "../tools/services/postgres.ts";
import { fill, makeRoom, mountSmall, noSmallDisk } from "./harness/small-disk.ts";
import { temporaryFolder } from "./harness.ts";

/** Longer than the lease of a mail: a node that forgot would send it again by then, and the relay would have counted two. */
const MOST_MS = 90_000;

test("Q11: a mail accepted while the database is gone is recorded when it is back, and comes once", async (t) => {
  const cleaning: (() => Promise<void> | void)[] = [];
  t.after(async () => {
    for (const clean of cleaning.toReversed()) await clean();
  });
  const postgres = await startPostgres();
  cleaning.push(() => postgres.stop());
  const relay = await startRelay({ after: (clean) => void cleaning.push(clean) }, () => postgres.halt("immediate"));
  const world = await createWorld(
    { after: (clean) => void cleaning.push(clean) },
    { PLI_DATABASE_URL: await postgres.createDatabase(), PLI_SMTP_URL: relay.url },
  );
  const { envelopeId } = await sendBlindly(world, world.owner, { delivery: "mail", to: ["one@courriel.example"] });
  const deadlineMs = performance.now() + MOST_MS;
  await relay.came(deadlineMs);
  await pause(500);
  await postgres.resume();
  await recordedOnce(world, envelopeId, deadlineMs);
  assert.equal(relay.count(), 1);
});

test("Q11: a mail accepted while the disk is full is recorded when there is room, and comes once", {
  skip: noSmallDisk,
}, async (t) => {
  const cleaning: (() => Promise<void> | void)[] = [];
  t.after(async () => {
    for (const clean of cleaning.toReversed()) await clean();
  });
  const scope: Scope = { after: (clean) => void cleaning.push(clean) };
  const dataFolder = await temporaryFolder(scope, "pli-full");
  await mountSmall(scope, dataFolder, 24 * 1024 * 1024);
  const relay = await startRelay(scope, async () => {
    await fill(dataFolder, 0);
    // The database has some room of its own that it fills first.
    const draft = () => world.owner.call("POST", "/api/v1/envelopes", { json: { kind: "message" } });
    while ((await draft()).status === 201);
  });
  const world: World = await createWorld(scope, { PLI_SMTP_URL: relay.url }, { dataFolder });
  const { envelopeId } = await sendBlindly(world, world.owner, { delivery: "mail", to: ["one@courriel.example"] });
  const deadlineMs = performance.now() + MOST_MS;
  await relay.came(deadlineMs);
  await pause(500);
  await makeRoom(dataFolder);
  await recordedOnce(world, envelopeId, deadlineMs);
  assert.equal(relay.count(), 1);
});

/** @param meanwhile done when a mail is there, before its sender hears that it is taken */
async function startRelay(scope: Scope, meanwhile: () => Promise<unknown>) {
  let count = 0;
  let accepted = 0;
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, _session, accept) => {
      stream.resume();
      stream.on("end", () => {
        count += 1;
        const done = () => {
          accepted += 1;
          accept();
        };
        if (count > 1) done();
        else meanwhile().then(done, accept);
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  scope.after(() => new Promise<void>((closed) => server.close(() => closed())));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    count: () => count,
    came: async (deadlineMs: number) => {
      while (accepted === 0 && performance.now() < deadlineMs) await pause(20);
    },
  };
}

async function recordedOnce(world: World, envelopeId: string, deadlineMs: number): Promise<void> {
  let state: string | undefined;
  while (state !== "accepted" && performance.now() < deadlineMs) {
    const answer = await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}`);
    if (answer.status === 200) state = answer.json<Envelope>().grants[0]?.notification?.state;
    await pause(50);
  }
  assert.equal(state, "accepted");
  const { items } = (await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}/register`)).json<{
    items: { event: string }[];
  }>();
  assert.equal(items.filter(({ event }) => event === "notified").length, 1);
}
