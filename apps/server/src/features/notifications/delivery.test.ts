/** What a sender is told of a notification that does not arrive: on the page, in the register, by mail. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Envelope, NotificationStatus, RegisterEntry } from "@pli/core/wire";
import { sendBlindly } from "../../testing/blind-sender.ts";
import { onBothProfiles } from "../../testing/profiles.ts";
import type { World } from "../../testing/world.ts";
import { outboxRow } from "./testing/order.ts";
import { type Reply, startRelay } from "./testing/relay.ts";

const MINUTE = 60_000;
const PATIENCE = { timeout: 30_000, interval: 20 };

onBothProfiles(({ createWorld }) => {
  const until = (t: TestContext, check: () => Promise<void> | void) => t.waitFor(async () => await check(), PATIENCE);

  async function setUp(t: TestContext, script: readonly Reply[] = []) {
    const relay = await startRelay(t, script);
    return {
      relay,
      world: await createWorld(t, { PLI_SMTP_URL: relay.url, PLI_MAIL_FROM: "plis@aubrelune.example" }),
    };
  }

  async function status(world: World, envelopeId: string): Promise<NotificationStatus | undefined> {
    const envelope = (await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}`)).json<Envelope>();
    return envelope.grants[0]?.notification;
  }

  async function noted(world: World, envelopeId: string) {
    const { items } = (await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}/register`)).json<{
      items: RegisterEntry[];
    }>();
    const ours = items.filter(({ event }) => event.startsWith("notif"));
    return ours.map(({ event, reasonCode }) => (reasonCode === undefined ? event : `${event} ${reasonCode}`));
  }

  test("M21, Q11: delayed and failed are told with their reason, in the register, and once to the sender by mail", async (t) => {
    const later = { at: "rcpt", code: 451, text: "4.7.1 greylisted, come back later" } as const;
    const { relay, world } = await setUp(t, [later, later, { at: "rcpt", code: 550, text: "5.1.1 no such user" }]);
    const { envelopeId, grants } = await sendBlindly(world, world.owner, { to: ["nobody@b.example"] });
    const ordered = { grantId: grants[0]?.grantId ?? "", envelopeId, linkSecret: "" };
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).tries, 1));
    assert.partialDeepStrictEqual(await status(world, envelopeId), {
      state: "delayed",
      reasonCode: "busy",
      statusCode: "4.7.1",
    });
    world.advance(61_000);
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).tries, 2));
    world.advance(6 * MINUTE);
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).state, "failed"));
    const failed = await status(world, envelopeId);
    assert.partialDeepStrictEqual(failed, { state: "failed", reasonCode: "no_mailbox", statusCode: "5.1.1" });
    assert.match(failed?.reason ?? "", /no such user/);
    await until(t, () => assert.equal(relay.received.length, 1));
    const [got] = relay.received;
    assert.deepEqual(got?.recipients, [world.owner.address]);
    assert.equal(got?.mail.subject, "Your message did not reach nobody@b.example");
    assert.match(got?.mail.text ?? "", /This mailbox does not exist\. Check the address\./);
    assert.ok(got?.mail.html?.includes(`href="${world.origin}/app/sent/${envelopeId}"`));
    assert.deepEqual(await noted(world, envelopeId), ["notification_failed no_mailbox", "notification_delayed busy"]);
  });

  test("M21: accepted after a delay is accepted, and a mail that nobody waits for any more is not told of", async (t) => {
    const { relay, world } = await setUp(t, [
      { at: "data", code: 450, text: "4.2.2 mailbox full" },
      "take",
      { at: "rcpt", code: 451, text: "later" },
    ]);
    const first = await sendBlindly(world, world.owner, { to: ["full@b.example"] });
    await until(t, async () => assert.equal((await status(world, first.envelopeId))?.reasonCode, "mailbox_full"));
    world.advance(61_000);
    await until(t, async () => assert.deepEqual((await status(world, first.envelopeId))?.state, "accepted"));
    assert.equal((await status(world, first.envelopeId))?.reasonCode, undefined);
    assert.deepEqual(await noted(world, first.envelopeId), ["notified", "notification_delayed mailbox_full"]);
    const second = await sendBlindly(world, world.owner, { to: ["gone@b.example"] });
    await until(t, async () => assert.equal((await status(world, second.envelopeId))?.state, "delayed"));
    assert.equal(
      (await world.owner.call("POST", `/api/v1/envelopes/${second.envelopeId}/revoke`, { json: {} })).status,
      204,
    );
    world.advance(6 * MINUTE);
    const third = await sendBlindly(world, world.owner, { to: ["last@b.example"] });
    await until(t, async () => assert.equal((await status(world, third.envelopeId))?.state, "accepted"));
    assert.ok(relay.received.every(({ recipients }) => !recipients.includes(world.owner.address)));
  });
});
