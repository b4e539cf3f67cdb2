/** A mail that the relay took while the database was gone (Q11): its node remembers, and nobody sends it a second time. */
import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Envelope } from "@pli/core/wire";
import { SMTPServer } from "smtp-server";
import { sendBlindly } from "../apps/server/src/testing/blind-sender.ts";
import { createWorld } from "../apps/server/src/testing/world.ts";
import { startPostgres } from "../tools/services/postgres.ts";

/** Sooner than the lease of a mail ends: whoever waited for that has forgotten. */
const SOON_MS = 12_000;

test("Q11: a mail accepted while the database is gone is recorded when it is back, and comes once", async (t) => {
  const cleaning: (() => Promise<void> | void)[] = [];
  t.after(async () => {
    for (const clean of cleaning.toReversed()) await clean();
  });
  const postgres = await startPostgres();
  cleaning.push(() => postgres.stop());
  let came = 0;
  const relay = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    onData: (stream, _session, accept) => {
      stream.resume();
      stream.on("end", () => {
        came += 1;
        // Gone before the node hears that the mail is taken.
        postgres.halt("immediate").then(() => accept(), accept);
      });
    },
  });
  relay.on("error", () => undefined);
  await new Promise<void>((listening) => relay.listen(0, "127.0.0.1", listening));
  cleaning.push(() => new Promise<void>((closed) => relay.close(() => closed())));
  const { port } = relay.server.address() as AddressInfo;
  const world = await createWorld(
    { after: (clean) => void cleaning.push(clean) },
    { PLI_DATABASE_URL: await postgres.createDatabase(), PLI_SMTP_URL: `smtp://127.0.0.1:${port}` },
  );
  const { envelopeId } = await sendBlindly(world, world.owner, { delivery: "mail", to: ["one@courriel.example"] });
  const deadlineMs = performance.now() + SOON_MS;
  while (came === 0 && performance.now() < deadlineMs) await pause(20);
  await pause(500);
  await postgres.resume();
  let state: string | undefined;
  while (state !== "accepted" && performance.now() < deadlineMs) {
    const answer = await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}`);
    if (answer.status === 200) state = answer.json<Envelope>().grants[0]?.notification?.state;
    await pause(50);
  }
  assert.equal(state, "accepted");
  assert.equal(came, 1);
  const { items } = (await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}/register`)).json<{
    items: { event: string }[];
  }>();
  assert.equal(items.filter(({ event }) => event === "notified").length, 1);
});
