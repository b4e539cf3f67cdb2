/** Bounces over SMTP, as mail systems bring them, and what the sender is told. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { type TestContext, test } from "node:test";
import type { Envelope, NotificationStatus, RegisterEntry } from "@pli/core/wire";
import { createTransport } from "nodemailer";
import { sendBlindly } from "../../testing/blind-sender.ts";
import { onBothProfiles } from "../../testing/profiles.ts";
import type { World } from "../../testing/world.ts";
import { type Relay, startRelay } from "../notifications/testing/relay.ts";
import { type ReportWishes, reportMail } from "./testing/reports.ts";

const PATIENCE = { timeout: 30_000, interval: 20 };

onBothProfiles(({ createWorld }) => {
  const until = (t: TestContext, check: () => Promise<void> | void) => t.waitFor(async () => await check(), PATIENCE);

  async function setUp(t: TestContext) {
    const relay = await startRelay(t);
    const world = await createWorld(t, {
      PLI_SMTP_URL: relay.url,
      PLI_MAIL_FROM: "plis@aubrelune.example",
      PLI_BOUNCE_ADDRESS: "bounce@bounces.aubrelune.example",
      PLI_BOUNCE_LISTEN: "127.0.0.1:0",
    });
    const line = world.server.announcements.find((one) => one.startsWith("Bounces are taken at"));
    return { relay, world, port: Number(line?.split(":").at(-1)) };
  }

  /** Sends one message and waits until the relay has its notification. @returns the address that its bounces go to */
  async function sendOne(t: TestContext, { relay, world }: { relay: Relay; world: World }) {
    const count = relay.received.length;
    const { envelopeId } = await sendBlindly(world, world.owner, { to: ["nobody@b.example"] });
    await until(t, async () => assert.equal((await status(world, envelopeId))?.state, "accepted"));
    return { envelopeId, returnPath: relay.received[count]?.sender ?? "" };
  }

  async function status(world: World, envelopeId: string): Promise<NotificationStatus | undefined> {
    return (await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}`)).json<Envelope>().grants[0]?.notification;
  }

  async function bring(port: number, to: string, wishes: ReportWishes): Promise<string> {
    const transport = createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
    try {
      const { response } = await transport.sendMail({ envelope: { from: "", to }, raw: reportMail(wishes) });
      return response;
    } catch (error) {
      return error instanceof Error && "response" in error ? String(error.response) : String(error);
    } finally {
      transport.close();
    }
  }

  test("M21, Q11: a report behind the relay's acceptance is shown, noted, and told to the sender once", async (t) => {
    const { relay, world, port } = await setUp(t);
    const { envelopeId, returnPath } = await sendOne(t, { relay, world });
    assert.match(returnPath, /^bounce\+[0-9a-z]{26}\.[0-9a-z]{16}@bounces\.aubrelune\.example$/);
    const delayed = { action: "delayed", status: "4.4.1", diagnostic: "connection timed out" };
    const failed = { action: "failed", status: "5.1.1", diagnostic: "550 no such user" };
    for (let time = 0; time < 2; time++) assert.match(await bring(port, returnPath, delayed), /^250/);
    assert.partialDeepStrictEqual(await status(world, envelopeId), { state: "delayed", reasonCode: "unreachable" });
    // Many at once, as systems behind a failing one do.
    const answers = await Promise.all(Array.from({ length: 5 }, () => bring(port, returnPath.toUpperCase(), failed)));
    for (const answer of answers) assert.match(answer, /^250/);
    assert.partialDeepStrictEqual(await status(world, envelopeId), {
      state: "failed",
      reasonCode: "no_mailbox",
      statusCode: "5.1.1",
      reason: "550 no such user",
    });
    assert.match(await bring(port, returnPath, { action: "delivered", status: "2.0.0" }), /^250/);
    assert.equal((await status(world, envelopeId))?.state, "failed", "what came first stands");
    await until(t, () => assert.equal(relay.received.length, 2));
    const [, told] = relay.received;
    assert.deepEqual(told?.recipients, [world.owner.address]);
    assert.match(told?.mail.subject ?? "", /did not reach nobody@b\.example/);
    const { items } = (await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}/register`)).json<{
      items: RegisterEntry[];
    }>();
    assert.deepEqual(
      items.map(({ event }) => event).filter((event) => event.startsWith("notif")),
      ["notification_failed", "notification_delayed", "notified"],
    );
  });

  test("M21: delivered is told as delivered, an answer of a person or a machine changes nothing", async (t) => {
    const { relay, world, port } = await setUp(t);
    const { envelopeId, returnPath } = await sendOne(t, { relay, world });
    const transport = createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
    const raw = "From: a@b.example\r\nSubject: Out of office\r\n\r\nAction: failed\r\n";
    await transport.sendMail({ envelope: { from: "", to: returnPath }, raw });
    transport.close();
    assert.equal((await status(world, envelopeId))?.state, "accepted");
    await bring(port, returnPath, { action: "delivered", status: "2.1.5" });
    assert.deepEqual(Object.keys((await status(world, envelopeId)) ?? {}).sort(), ["at", "state"]);
    assert.equal((await status(world, envelopeId))?.state, "delivered");
  });

  test("Q11: mail to any other address, too large or in a flood is refused, and relays nothing", async (t) => {
    const { relay, world, port } = await setUp(t);
    const { envelopeId, returnPath } = await sendOne(t, { relay, world });
    const failed = { action: "failed", status: "5.1.1" };
    const forged = returnPath.replace(/.@/, (end) => (end === "0@" ? "1@" : "0@"));
    for (const to of [forged, "bounce@bounces.aubrelune.example", "someone@elsewhere.example"]) {
      assert.match(await bring(port, to, failed), /^550/, to);
    }
    const diagnostic = "x".repeat(2_200_000);
    assert.match(await bring(port, returnPath, { ...failed, diagnostic }), /^552/);
    assert.equal((await status(world, envelopeId))?.state, "accepted");
    assert.equal(relay.received.length, 1);
    const guesses = connect(port, "127.0.0.1");
    const answers: string[] = [];
    guesses.setEncoding("utf8").on("data", (piece: string) => answers.push(piece));
    guesses.write("EHLO x\r\nMAIL FROM:<>\r\n");
    for (let i = 0; i < 8; i++) guesses.write(`RCPT TO:<bounce+${i}@bounces.aubrelune.example>\r\n`);
    await once(guesses, "close");
    assert.match(answers.join(""), /421/, "who guesses is cut off");
    for (const word of ["AUTH", "STARTTLS"]) assert.ok(!answers.join("").includes(word), word);
  });
});
