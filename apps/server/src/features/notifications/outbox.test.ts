/** The outbox against a scripted relay: what goes out, how often, and what is left of its secret. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { DeliveryError, type MailTransport, type OutgoingMail } from "../../platform/smtp/index.ts";
import { sendBlindly } from "../../testing/blind-sender.ts";
import { onBothProfiles } from "../../testing/profiles.ts";
import { databaseBytes } from "../../testing/stored.ts";
import type { World } from "../../testing/world.ts";
import { cancelGrants, cancelHeld, notificationStates } from "./index.ts";
import { startOutbox } from "./outbox.ts";
import { type Ordered, orderMessage, outboxRow } from "./testing/order.ts";
import { type Reply, startRelay } from "./testing/relay.ts";

const MINUTE = 60_000;
const NEVER_MS = 3_600_000;
const PATIENCE = { timeout: 30_000, interval: 20 };

onBothProfiles(({ createWorld }) => {
  async function setUp(t: TestContext, script: readonly Reply[] = []) {
    const relay = await startRelay(t, script);
    const world = await createWorld(t, { PLI_SMTP_URL: relay.url, PLI_MAIL_FROM: "plis@aubrelune.example" });
    return { relay, world };
  }

  const until = (t: TestContext, check: () => Promise<void> | void) => t.waitFor(async () => await check(), PATIENCE);

  test("M11, Q11: a notification goes over STARTTLS in its sender's name, with its link and without anything of the message", async (t) => {
    const { relay, world } = await setUp(t);
    const ordered = await orderMessage(world, "juliette@courriel.example", { language: "fr" });
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).state, "accepted"));
    const [got] = relay.received;
    assert.ok(got);
    assert.equal(relay.received.length, 1);
    assert.equal(got.secure, true);
    assert.deepEqual(got.recipients, ["juliette@courriel.example"]);
    const { mail } = got;
    assert.deepEqual(mail.from, { name: "Camille Orvanne, Pli", address: "plis@aubrelune.example" });
    assert.deepEqual(mail.replyTo, [{ name: "Camille Orvanne", address: "camille.orvanne@aubrelune.example" }]);
    assert.equal(mail.subject, "Camille Orvanne vous a envoyé un message confidentiel");
    const link = `${world.origin}/o/${ordered.grantId}#${ordered.linkSecret}`;
    assert.ok(mail.html?.includes(`href="${link}"`));
    assert.ok(mail.text?.split("\n").includes(link), "the link stands on a line of its own");
    assert.match(mail.text ?? "", /mercredi 23 décembre 2026, 18\u00a0h\u00a000/);
    const header = (key: string) => mail.headers.find((one) => one.key === key)?.value;
    assert.equal(header("auto-submitted"), "auto-generated");
    assert.equal(header("list-unsubscribe"), undefined, "nobody subscribed to a message");
    assert.equal(header("message-id"), `<${(await outboxRow(world, ordered)).mail_id}@aubrelune.example>`);
    assert.doesNotMatch(mail.html ?? "", /<(img|script|link|iframe|form)\b/i);
  });

  test("Z15: the link secret is never in clear on the disk, and gone once the next server took the mail", async (t) => {
    const { relay, world } = await setUp(t, [{ at: "rcpt", code: 451, text: "later" }]);
    const ordered = await orderMessage(world, "a@b.example");
    const onDisk = async () => {
      const all = await databaseBytes(world);
      const bytes = Buffer.from(ordered.linkSecret, "base64url");
      return [ordered.linkSecret, bytes, bytes.toString("base64"), bytes.toString("hex")].some((form) =>
        all.includes(form),
      );
    };
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).tries, 1));
    assert.ok((await outboxRow(world, ordered)).secret !== null, "kept for the next try");
    assert.equal(await onDisk(), false);
    world.advance(2 * MINUTE);
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).state, "accepted"));
    const { secret, facts } = await outboxRow(world, ordered);
    assert.deepEqual({ secret, facts }, { secret: null, facts: "{}" }, "what the mail said is not kept either");
    assert.ok(relay.received[0]?.raw.includes(ordered.linkSecret.slice(0, 20)), "it was in the mail");
    assert.equal(await onDisk(), false);
  });

  test("Q11: a mail deferred with 4xx is tried again later, under the same Message-ID", async (t) => {
    const { relay, world } = await setUp(t, [{ at: "data", code: 451, text: "greylisted" }]);
    const ordered = await orderMessage(world, "a@b.example");
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).tries, 1));
    const row = await outboxRow(world, ordered);
    assert.match(row.reason ?? "", /greylisted/);
    assert.ok(row.next_try_at_ms - world.now() > 50_000, "not at once");
    const states = await notificationStates(world.server.services.db.read, [ordered.grantId]);
    assert.equal(states.get(ordered.grantId)?.state, "delayed");
    world.advance(61_000);
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).state, "accepted"));
    assert.deepEqual(
      relay.received.map(({ taken }) => taken),
      [false, true],
    );
    assert.equal(relay.received[0]?.mail.messageId, relay.received[1]?.mail.messageId);
  });

  test("Q11: a mail refused with 5xx is given up at once, its reason is told, its secret erased", async (t) => {
    const { relay, world } = await setUp(t, [{ at: "rcpt", code: 550, text: "5.1.1 no such\r\nmailbox here" }]);
    const ordered = await orderMessage(world, "a@b.example");
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).state, "failed"));
    const row = await outboxRow(world, ordered);
    assert.equal(row.secret, null);
    const state = (await notificationStates(world.server.services.db.read, [ordered.grantId])).get(ordered.grantId);
    assert.equal(state?.state, "failed");
    assert.match(state?.reason ?? "", /550.*no such/);
    assert.doesNotMatch(state?.reason ?? "", /[\r\n]/);
    world.advance(24 * 60 * MINUTE);
    const second = await orderMessage(world, "c@d.example");
    await until(t, async () => assert.equal((await outboxRow(world, second)).state, "accepted"));
    assert.equal(relay.received.length, 1, "the refused one was not tried again");
  });

  test("Q11: a connection cut behind DATA is not repeated at once, and later under the same Message-ID", async (t) => {
    const { relay, world } = await setUp(t, ["cut"]);
    const ordered = await orderMessage(world, "a@b.example");
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).tries, 1));
    assert.equal(relay.received.length, 1);
    world.advance(61_000);
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).state, "accepted"));
    assert.deepEqual(
      relay.received.map(({ mail }) => mail.messageId),
      [relay.received[0]?.mail.messageId, relay.received[0]?.mail.messageId],
    );
  });

  test("Q11: a relay that is down is tried again until it is up", async (t) => {
    const { relay, world } = await setUp(t);
    await relay.close();
    const ordered = await orderMessage(world, "a@b.example");
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).tries, 1));
    assert.equal((await outboxRow(world, ordered)).state, "waiting");
    const again = await startRelay(t, [], Number(new URL(relay.url).port));
    world.advance(61_000);
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).state, "accepted"));
    assert.equal(again.received.length, 1);
  });

  test("M10: held mails wait for their time; taken back, all or none, they never go", async (t) => {
    const { relay, world } = await setUp(t);
    const { services } = world.server;
    const held = () => ({ notBeforeMs: world.now() + 30_000, envelopeId: "envelope" });
    const first = await orderMessage(world, "a@b.example", held());
    const second = await orderMessage(world, "c@d.example", held());
    const states = await notificationStates(services.db.read, [first.grantId]);
    assert.equal(states.get(first.grantId)?.state, "held");
    assert.equal(await services.db.write((tx) => cancelHeld(services, tx, "envelope")), true);
    for (const ordered of [first, second]) {
      const { state, secret } = await outboxRow(world, ordered);
      assert.deepEqual({ state, secret }, { state: "cancelled", secret: null });
    }
    const late = await orderMessage(world, "e@f.example", { ...held(), envelopeId: "late" });
    world.advance(31_000);
    await until(t, async () => assert.equal((await outboxRow(world, late)).state, "accepted"));
    assert.equal(await services.db.write((tx) => cancelHeld(services, tx, "late")), false);
    assert.deepEqual(
      relay.received.map(({ recipients }) => recipients[0]),
      ["e@f.example"],
    );
  });

  test("Q11: mails for a revoked grant are never sent, nor for one whose time is over", async (t) => {
    const { relay, world } = await setUp(t, [
      { at: "rcpt", code: 451, text: "later" },
      { at: "rcpt", code: 451, text: "later" },
    ]);
    const { services } = world.server;
    const revoked = await orderMessage(world, "a@b.example");
    const short = await orderMessage(world, "c@d.example", { giveUpAtMs: world.now() + 30 * MINUTE });
    await until(t, async () => {
      assert.equal((await outboxRow(world, revoked)).tries, 1);
      assert.equal((await outboxRow(world, short)).tries, 1);
    });
    await services.db.write((tx) => cancelGrants(services, tx, [revoked.grantId]));
    assert.equal((await outboxRow(world, revoked)).secret, null);
    world.advance(31 * MINUTE);
    await until(t, async () => assert.equal((await outboxRow(world, short)).state, "failed"));
    assert.equal((await outboxRow(world, short)).secret, null);
    assert.equal(relay.received.length, 0);
  });

  /** A world whose own outbox has nothing to send with, so that tests run outboxes of their own on its database. */
  async function quietWorld(t: TestContext): Promise<World> {
    return await createWorld(t, { PLI_HOST: "0.0.0.0" });
  }

  function recording(deliver: (mail: OutgoingMail) => Promise<void>, paced = false): MailTransport {
    return { paced, deliver, close: () => {} };
  }

  test("Q11: two nodes on one outbox send each of 200 mails once", async (t) => {
    const world = await quietWorld(t);
    const sent: string[] = [];
    const transport = recording(async (mail) => {
      await new Promise((resolve) => setImmediate(resolve));
      sent.push(mail.to.address);
    });
    const nodes = [startOutbox(world.server.services, transport), startOutbox(world.server.services, transport)];
    t.after(() => Promise.all(nodes.map((node) => node.stop())).then(() => undefined));
    await Promise.all(Array.from({ length: 200 }, (_, i) => orderMessage(world, `p${i}@b.example`)));
    await until(t, () => assert.equal(sent.length, 200));
    assert.equal(new Set(sent).size, 200);
  });

  test("Q11: a mail left by a node that died is taken up when its lease is over", async (t) => {
    const world = await quietWorld(t);
    const dying = startOutbox(
      world.server.services,
      recording(async () => Promise.reject(new Error("gone"))),
      { leaseMs: 20_000 },
    );
    const ordered = await orderMessage(world, "a@b.example");
    await until(t, async () => assert.ok((await outboxRow(world, ordered)).lease_owner !== null));
    await dying.stop();
    const sent: string[] = [];
    const living = startOutbox(
      world.server.services,
      recording(async (mail) => void sent.push(mail.messageId)),
      { lookEveryMs: 20 },
    );
    t.after(() => living.stop());
    assert.equal((await outboxRow(world, ordered)).state, "waiting");
    world.advance(21_000);
    await until(t, () => assert.equal(sent.length, 1));
  });

  test("Q11: a node that lost its lease does not give up what another is sending, nor anybody what was called off", async (t) => {
    const world = await quietWorld(t);
    const refused = () => new DeliveryError(true, "550 no such user");
    const begin = (leaseMs: number, lookEveryMs: number) => {
      const ended: ((error?: Error) => void)[] = [];
      const transport = recording(
        () =>
          new Promise((resolve, reject) => {
            ended.push((error) => (error === undefined ? resolve() : reject(error)));
          }),
      );
      return { ended, outbox: startOutbox(world.server.services, transport, { leaseMs, lookEveryMs }) };
    };
    const slow = begin(20_000, NEVER_MS);
    const ordered = await orderMessage(world, "a@b.example");
    await until(t, () => assert.equal(slow.ended.length, 1));
    world.advance(21_000);
    const other = begin(3_600_000, 20);
    await until(t, () => assert.equal(other.ended.length, 1));
    slow.ended[0]?.(refused());
    await slow.outbox.stop();
    assert.equal((await outboxRow(world, ordered)).state, "waiting");
    other.ended[0]?.();
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).state, "accepted"));
    const late = await orderMessage(world, "late@b.example");
    await until(t, () => assert.equal(other.ended.length, 2));
    const { services } = world.server;
    await services.db.write((tx) => cancelGrants(services, tx, [late.grantId]));
    other.ended[1]?.(refused());
    await other.outbox.stop();
    assert.equal((await outboxRow(world, late)).state, "cancelled");
    const noted = await services.db.read
      .selectFrom("journal")
      .select("event")
      .where("grant_id", "in", [ordered.grantId, late.grantId])
      .execute();
    assert.deepEqual(
      noted.map(({ event }) => event),
      ["notified"],
    );
  });

  test("Q11: what a revoked recipient would still get is called off, a code too, and no secret of it stays", async (t) => {
    const world = await quietWorld(t);
    const { envelopeId, grants } = await sendBlindly(world, world.owner, { to: ["a@b.example", "c@d.example"] });
    const [revoked, other] = grants;
    for (const grant of grants) {
      assert.equal((await world.visitor().call("POST", `/api/v1/grants/${grant.grantId}/codes`)).status, 202);
    }
    const path = `/api/v1/envelopes/${envelopeId}/grants/${revoked?.grantId}/revoke`;
    assert.equal((await world.owner.call("POST", path)).status, 204);
    const waiting = async (grantId: string | undefined) =>
      (
        await world.server.services.db.read
          .selectFrom("outbox")
          .select(["kind", "state", "secret"])
          .where("grant_id", "=", grantId ?? "")
          .orderBy("kind")
          .execute()
      ).map(({ kind, state, secret }) => `${kind} ${state} ${secret === null ? "erased" : "kept"}`);
    assert.deepEqual(await waiting(revoked?.grantId), ["code cancelled erased", "message cancelled erased"]);
    assert.deepEqual(await waiting(other?.grantId), ["code waiting kept", "message waiting kept"]);
  });

  test("M10: what was tried cannot be taken back, though it waits for its next try", async (t) => {
    const { world } = await setUp(t, [{ at: "data", code: 451, text: "later" }]);
    const { services } = world.server;
    const ordered = await orderMessage(world, "a@b.example", { envelopeId: "tried" });
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).tries, 1));
    assert.equal(await services.db.write((tx) => cancelHeld(services, tx, "tried")), false);
    assert.equal((await outboxRow(world, ordered)).state, "waiting");
  });

  test("Q11: a mail that two nodes have sent, since one was taken for dead, stands in the journal once", async (t) => {
    const world = await quietWorld(t);
    const free: (() => void)[] = [];
    const begin = (leaseMs: number, lookEveryMs: number) =>
      startOutbox(
        world.server.services,
        recording(async () => await new Promise<void>((resolve) => free.push(resolve))),
        { leaseMs, lookEveryMs },
      );
    const slow = begin(20_000, NEVER_MS);
    const ordered = await orderMessage(world, "a@b.example");
    await until(t, () => assert.equal(free.length, 1));
    world.advance(21_000);
    const other = begin(3_600_000, 20);
    await until(t, () => assert.equal(free.length, 2));
    for (const resolve of free) resolve();
    await Promise.all([slow.stop(), other.stop()]);
    assert.equal((await outboxRow(world, ordered)).state, "accepted");
    const journal = world.server.services.db.read.selectFrom("journal").select("event");
    const noted = await journal.where("grant_id", "=", ordered.grantId).execute();
    assert.deepEqual(
      noted.map(({ event }) => event),
      ["notified"],
    );
  });

  test("Q11: a mail that takes longer than its lease stays with the node that is sending it", async (t) => {
    const world = await quietWorld(t);
    const leaseMs = 2_000;
    const free: (() => void)[] = [];
    const sent: string[] = [];
    const begin = (name: string) =>
      startOutbox(
        world.server.services,
        recording(async () => {
          sent.push(name);
          await new Promise<void>((resolve) => free.push(resolve));
        }),
        { leaseMs, lookEveryMs: 20 },
      );
    const slow = begin("slow");
    const ordered = await orderMessage(world, "a@b.example");
    await until(t, () => assert.equal(sent.length, 1));
    const { lease_until_ms: firstMs } = await outboxRow(world, ordered);
    const other = begin("other");
    await until(t, async () => assert.ok((await outboxRow(world, ordered)).lease_until_ms > firstMs + leaseMs));
    free[0]?.();
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).state, "accepted"));
    assert.deepEqual(sent, ["slow"]);
    await Promise.all([slow.stop(), other.stop()]);
  });

  test("Q11: a clock put forward while a mail is on its way does not send it twice", async (t) => {
    const world = await quietWorld(t);
    const free: (() => void)[] = [];
    const sent: string[] = [];
    const outbox = startOutbox(
      world.server.services,
      recording(async (mail) => {
        sent.push(mail.to.address);
        await new Promise<void>((resolve) => free.push(resolve));
      }),
      { lookEveryMs: 20 },
    );
    const early = await orderMessage(world, "early@b.example");
    await until(t, () => assert.deepEqual(sent, ["early@b.example"]));
    const { lease_until_ms: firstMs } = await outboxRow(world, early);
    world.advance(60 * MINUTE);
    await until(t, async () => assert.ok((await outboxRow(world, early)).lease_until_ms > firstMs));
    const late = await orderMessage(world, "late@b.example");
    await until(t, () => assert.equal(sent.length, 2));
    for (const resolve of free) resolve();
    for (const mail of [early, late]) {
      await until(t, async () => assert.equal((await outboxRow(world, mail)).state, "accepted"));
    }
    await outbox.stop();
    assert.deepEqual(sent, ["early@b.example", "late@b.example"]);
  });

  test("Q11: a mail that is due again before its node is done with it is tried again", async (t) => {
    const world = await quietWorld(t);
    const { services } = world.server;
    const late = Promise.withResolvers<void>();
    let isRecordNext = false;
    // The record of the try is kept, and the node hears of it late.
    const slow: typeof services.db = {
      ...services.db,
      write: async (job) => {
        const isRecord = isRecordNext;
        isRecordNext = false;
        const done = await services.db.write(job);
        if (isRecord) await late.promise;
        return done;
      },
    };
    let tries = 0;
    const outbox = startOutbox(
      { ...services, db: slow },
      recording(async () => {
        tries += 1;
        isRecordNext = tries === 1;
        if (tries === 1) throw new DeliveryError(false, "451 later");
      }),
      { leaseMs: NEVER_MS, lookEveryMs: 20 },
    );
    t.after(() => outbox.stop());
    const ordered = await orderMessage(world, "a@b.example");
    await until(t, async () => {
      const row = await outboxRow(world, ordered);
      assert.deepEqual([row.tries, row.lease_owner], [1, null]);
    });
    world.advance(61_000);
    await until(t, async () => assert.ok((await outboxRow(world, ordered)).lease_owner !== null));
    late.resolve();
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).state, "accepted"));
    assert.equal(tries, 2);
  });

  test("Q11: what could only be tried after its time is over has failed now, and its sender need not wait to hear it", async (t) => {
    const { world } = await setUp(t, [{ at: "rcpt", code: 451, text: "later" }]);
    const ordered = await orderMessage(world, "a@b.example", { giveUpAtMs: world.now() + 30_000 });
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).state, "failed"));
    assert.match((await outboxRow(world, ordered)).reason ?? "", /451.*later/);
  });

  test("Q11: at most three mails at once go to one domain, and it keeps no other waiting", async (t) => {
    const world = await quietWorld(t);
    let running = 0;
    let most = 0;
    const sent: string[] = [];
    const free: (() => void)[] = [];
    const transport = recording(async (mail) => {
      if (mail.to.address.endsWith("@slow.example")) {
        running++;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => free.push(resolve));
        running--;
      }
      sent.push(mail.to.address);
    }, true);
    for (let i = 0; i < 12; i++) await orderMessage(world, `p${i}@slow.example`);
    await orderMessage(world, "p@quick.example");
    const outbox = startOutbox(world.server.services, transport);
    await until(t, () => assert.deepEqual(sent, ["p@quick.example"]));
    await until(t, () => assert.equal(running, 3));
    await until(t, () => {
      free.shift()?.();
      assert.equal(sent.length, 13);
    });
    assert.equal(most, 3);
    await outbox.stop();
  });

  test("Q11: a mail called off while it waits its turn is not sent", async (t) => {
    const world = await quietWorld(t);
    const sent: string[] = [];
    const free: (() => void)[] = [];
    const transport = recording(async (mail) => {
      await new Promise<void>((resolve) => free.push(resolve));
      sent.push(mail.to.address);
    }, true);
    const ordered: Ordered[] = [];
    for (let i = 0; i < 4; i++) ordered.push(await orderMessage(world, `p${i}@slow.example`));
    const outbox = startOutbox(world.server.services, transport);
    await until(t, async () => {
      assert.equal(free.length, 3);
      for (const one of ordered) assert.ok((await outboxRow(world, one)).lease_owner !== null);
    });
    await world.server.services.db.write((tx) =>
      cancelGrants(
        world.server.services,
        tx,
        ordered.map(({ grantId }) => grantId),
      ),
    );
    for (const resolve of free.splice(0)) resolve();
    await until(t, () => assert.equal(sent.length, 3));
    const last = await orderMessage(world, "last@slow.example");
    await until(t, async () => {
      free.shift()?.();
      assert.equal((await outboxRow(world, last)).state, "accepted");
    });
    assert.equal(sent.length, 4, "three that were on their way, and the one ordered later");
    await outbox.stop();
  });

  test("Z15: a secret sealed under another key, or moved to another mail, is given up, not sent", async (t) => {
    const world = await quietWorld(t);
    const a = await orderMessage(world, "a@b.example");
    const b = await orderMessage(world, "c@d.example");
    const moved = (await outboxRow(world, a)).secret;
    await world.server.services.db.write((tx) =>
      tx.updateTable("outbox").set({ secret: moved }).where("grant_id", "=", b.grantId).execute(),
    );
    const sent: string[] = [];
    const outbox = startOutbox(
      world.server.services,
      recording(async (mail) => void sent.push(mail.to.address)),
    );
    t.after(() => outbox.stop());
    await until(t, async () => assert.equal((await outboxRow(world, b)).state, "failed"));
    await until(t, () => assert.deepEqual(sent, ["a@b.example"]));
  });

  test("Q11: without a relay mails wait, and their secrets end with their time", async (t) => {
    const world = await quietWorld(t);
    const ordered = await orderMessage(world, "a@b.example");
    assert.equal((await outboxRow(world, ordered)).state, "waiting");
    world.advance(5 * 24 * 60 * MINUTE);
    await until(t, async () => assert.equal((await outboxRow(world, ordered)).state, "failed"));
    assert.equal((await outboxRow(world, ordered)).secret, null);
  });
});
