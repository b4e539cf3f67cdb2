/** Bounces by a pipe of the operator's mail system, while the server runs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Envelope } from "@pli/core/wire";
import { takeBounce } from "./admin-mail.ts";
import { reportMail } from "./features/bounces/testing/reports.ts";
import { startRelay } from "./features/notifications/testing/relay.ts";
import { readConfig } from "./server.ts";
import { sendBlindly } from "./testing/blind-sender.ts";
import { createWorld } from "./testing/world.ts";

async function* pieces(text: string): AsyncIterable<Uint8Array> {
  for (let at = 0; at < text.length; at += 1000) yield Buffer.from(text.slice(at, at + 1000));
}

test("Q11: a piped bounce is taken by its address, its headers or its envelope id, and everything else is let go", async (t) => {
  const relay = await startRelay(t);
  const world = await createWorld(t, { PLI_SMTP_URL: relay.url, PLI_BOUNCE_ADDRESS: "bounce@here.example" });
  const config = readConfig(world.settings);
  const to = ["a@b.example", "b@b.example", "c@b.example", "d@b.example"];
  const { envelopeId } = await sendBlindly(world, world.owner, { to });
  await t.waitFor(() => assert.equal(relay.received.length, to.length), { timeout: 30_000, interval: 20 });
  const statuses = async () => {
    const { grants } = (await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}`)).json<Envelope>();
    return Object.fromEntries(grants.map(({ recipient, notification }) => [recipient.address, notification?.state]));
  };
  await t.waitFor(async () => assert.deepEqual(new Set(Object.values(await statuses())), new Set(["accepted"])), {
    timeout: 30_000,
  });
  const returnPath = (address: string) => {
    const found = relay.received.find(({ recipients }) => recipients.includes(address));
    assert.ok(found);
    return found.sender;
  };
  const failed = { action: "failed", status: "5.1.1" };
  const envelopeOf = (address: string) => /\+([^@]+)@/.exec(returnPath(address))?.[1] ?? "";
  assert.equal(await takeBounce(config, pieces(reportMail(failed)), returnPath("a@b.example")), 0);
  assert.equal(
    await takeBounce(config, pieces(reportMail({ ...failed, to: returnPath("b@b.example") })), undefined),
    0,
  );
  const byId = reportMail({ ...failed, envelopeId: envelopeOf("c@b.example") });
  assert.equal(await takeBounce(config, pieces(byId), "postmaster@here.example"), 0);
  for (const other of ["", "x".repeat(3_000_000), reportMail({ ...failed, to: "bounce+x.y@here.example" })]) {
    assert.equal(await takeBounce(config, pieces(other), undefined), 0, "a mail system must not bounce it again");
  }
  assert.deepEqual(await statuses(), {
    "a@b.example": "failed",
    "b@b.example": "failed",
    "c@b.example": "failed",
    "d@b.example": "accepted",
  });
  const { PLI_BOUNCE_ADDRESS: _, ...without } = world.settings;
  assert.equal(await takeBounce(readConfig(without), pieces(reportMail(failed)), undefined), 1);
});

test("Q2: settings of bounces that cannot work are refused with their cure", () => {
  const cases: readonly Readonly<Record<string, string>>[] = [
    { PLI_BOUNCE_LISTEN: "127.0.0.1:2525" },
    { PLI_BOUNCE_ADDRESS: "no address" },
    { PLI_BOUNCE_ADDRESS: "a+b@c.example" },
    { PLI_BOUNCE_ADDRESS: `${"x".repeat(40)}@c.example` },
    { PLI_BOUNCE_ADDRESS: "a@c.example", PLI_BOUNCE_LISTEN: "everywhere" },
  ];
  for (const environment of cases) assert.throws(() => readConfig(environment), /PLI_BOUNCE_/);
});
