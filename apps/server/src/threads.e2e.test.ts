/** M24: a message, its replies and its sender's answers are one conversation, for each recipient their own, as long as they live. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Envelope, GrantThreadItem, Page, RegisterEntry, ThreadItem } from "@pli/core/wire";
import { LIMITS } from "@pli/core/wire";
import { endOverdue } from "./features/jobs/index.ts";
import { type BlindGrant, openBlindly, sendBlindly, waitForText } from "./testing/blind-sender.ts";
import { answerBlindly, prepareAnswer, replyBlindly } from "./testing/blind-thread.ts";
import type { Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { suiteScope, type World } from "./testing/world.ts";

const MINUTE_MS = 60_000;

onBothProfiles(({ createWorld }) => {
  describe("conversations", () => {
    let world: World;
    const scope = suiteScope();
    before(async () => {
      world = await createWorld(scope);
    });
    const threadOf = async (by: Person, messageId: string) =>
      (await by.call("GET", `/api/v1/envelopes/${messageId}/thread`)).json<Page<ThreadItem>>();
    const grantThread = async (by: Person, grantId: string) => await by.call("GET", `/api/v1/grants/${grantId}/thread`);
    const idsOf = (page: Page<{ readonly envelopeId: string }>) => page.items.map(({ envelopeId }) => envelopeId);
    const manifestPath = (grantId: string, said: string) => `/api/v1/grants/${grantId}/thread/${said}/parts/0/content`;
    async function two(openings = 3): Promise<{ id: string; anna: BlindGrant; bert: BlindGrant }> {
      const to = ["anna@courriel.example", "bert@courriel.example"];
      const { envelopeId: id, grants } = await sendBlindly(world, world.owner, { delivery: "link", to, openings });
      const [anna, bert] = grants;
      assert.ok(anna && bert);
      return { id, anna, bert };
    }

    test("M24: both sides read replies and answers in order; another recipient reads only what is theirs", async () => {
      const { id, anna, bert } = await two();
      const [hers, his] = [await openBlindly(world, anna), await openBlindly(world, bert)];
      const reply = await replyBlindly(hers, anna.grantId);
      world.advance(1000);
      const toAnna = await answerBlindly(world.owner, id, [anna]);
      world.advance(1000);
      const toBoth = await answerBlindly(world.owner, id, [bert, anna]);

      const mine = await threadOf(world.owner, id);
      assert.deepEqual(idsOf(mine), [toBoth.envelopeId, toAnna.envelopeId, reply]);
      assert.deepEqual(
        mine.items.map(({ kind, read, grantIds }) => [kind, read, grantIds.length]),
        [
          ["answer", true, 2],
          ["answer", true, 1],
          ["reply", false, 1],
        ],
      );
      assert.equal(mine.items[2]?.from?.address, "anna@courriel.example");
      const annas = (await grantThread(hers, anna.grantId)).json<Page<GrantThreadItem>>();
      assert.deepEqual(idsOf(annas), [toBoth.envelopeId, toAnna.envelopeId, reply]);
      assert.deepEqual(
        annas.items.map((item) => item.mine),
        [false, false, true],
      );
      assert.equal(annas.items[1]?.wrappedKey, toAnna.order.threads[0]?.wrappedKey);
      const berts = (await grantThread(his, bert.grantId)).json<Page<GrantThreadItem>>();
      assert.deepEqual(idsOf(berts), [toBoth.envelopeId]);

      // Content by the same rule.
      const read = await hers.call("GET", manifestPath(anna.grantId, toAnna.envelopeId));
      assert.deepEqual(read.bytes, Buffer.from(toAnna.content));
      for (const [by, path] of [
        [his, manifestPath(bert.grantId, toAnna.envelopeId)],
        [his, manifestPath(anna.grantId, toAnna.envelopeId)],
        [world.visitor(), manifestPath(anna.grantId, toAnna.envelopeId)],
        [hers, manifestPath(anna.grantId, id)],
        [hers, manifestPath(bert.grantId, toAnna.envelopeId)],
      ] as const) {
        assert.equal((await by.call("GET", path)).code, "opening_required", path);
      }
      // An answer is no letter that arrived, and no message of its own.
      const inbox = (await world.owner.call("GET", "/api/v1/inbox")).json<Page<{ envelopeId: string }>>();
      assert.ok(idsOf(inbox).includes(reply) && !idsOf(inbox).includes(toAnna.envelopeId));
      assert.equal((await world.owner.call("GET", `/api/v1/envelopes/${toAnna.envelopeId}`)).code, "not_found");
      const register = await world.owner.call("GET", `/api/v1/envelopes/${id}/register`);
      const answered = register.json<Page<RegisterEntry>>().items.filter(({ event }) => event === "answered");
      assert.equal(answered.length, 3);
      // As long as the opening runs, and no longer: another one is left.
      world.advance(61 * MINUTE_MS);
      assert.equal((await hers.call("GET", manifestPath(anna.grantId, toAnna.envelopeId))).code, "opening_required");
      await openBlindly(world, anna, hers);
      assert.equal((await hers.call("GET", manifestPath(anna.grantId, toAnna.envelopeId))).status, 200);
    });

    test("M24/Z8: what a revoked recipient could read is gone for them, and with the message for everybody", async () => {
      const { id, anna, bert } = await two();
      const [hers, his] = [await openBlindly(world, anna), await openBlindly(world, bert)];
      const reply = await replyBlindly(hers, anna.grantId);
      const answer = await answerBlindly(world.owner, id, [anna, bert]);
      await world.owner.call("POST", `/api/v1/envelopes/${id}/grants/${anna.grantId}/revoke`, { json: {} });
      assert.equal((await grantThread(hers, anna.grantId)).code, "revoked");
      assert.equal((await hers.call("GET", manifestPath(anna.grantId, answer.envelopeId))).code, "opening_required");
      assert.deepEqual(idsOf((await grantThread(his, bert.grantId)).json()), [answer.envelopeId]);
      const keys = async () =>
        (await world.server.services.db.read.selectFrom("thread_keys").select("envelope_id").execute()).map(
          (row) => row.envelope_id,
        );
      assert.ok((await keys()).includes(answer.envelopeId) && !(await keys()).includes(reply));
      const unsent = await prepareAnswer(world.owner, id, [bert]);
      await world.owner.call("POST", `/api/v1/envelopes/${id}/revoke`, { json: {} });
      assert.ok(!(await keys()).includes(answer.envelopeId));
      const seal = await world.server.services.db.read
        .selectFrom("seals")
        .select("sealed_key")
        .where("envelope_id", "=", answer.envelopeId)
        .executeTakeFirst();
      assert.equal(seal?.sealed_key ?? null, null, "nor can its sender read it any more");
      // The reply is the sender's own; the answer lived in the conversation.
      assert.deepEqual(idsOf(await threadOf(world.owner, id)), [reply]);
      const gone = await world.owner.call("GET", `/api/v1/envelopes/${answer.envelopeId}/parts/0/content`);
      assert.equal(gone.code, "revoked");
      const late = await world.owner.call("POST", `/api/v1/envelopes/${unsent.envelopeId}/send`, {
        json: unsent.order,
      });
      assert.equal(late.code, "revoked");
      const begun = await world.owner.call("POST", `/api/v1/envelopes/${id}/answers`, { json: {} });
      assert.equal(begun.code, "conflict");
    });

    test("M24/M5: an answer within the hour of the last opening gives one more; once that hour is over there is none to give", async () => {
      const { id, anna, bert } = await two(1);
      const hers = await openBlindly(world, anna);
      const show = async () =>
        (await world.owner.call("GET", `/api/v1/envelopes/${id}`))
          .json<Envelope>()
          .grants.find(({ grantId }) => grantId === anna.grantId);
      assert.equal((await show())?.state, "used_up");
      assert.equal((await show())?.sealedSecret, anna.creation.sealedSecret);
      const answer = await answerBlindly(world.owner, id, [anna]);
      assert.deepEqual([(await show())?.state, (await show())?.openingsLeft], ["active", 1]);
      world.advance(61 * MINUTE_MS);
      await endOverdue(world.server.services, () => true);
      assert.equal((await grantThread(hers, anna.grantId)).code, "opening_required");
      await openBlindly(world, anna, hers);
      assert.deepEqual(idsOf((await grantThread(hers, anna.grantId)).json()), [answer.envelopeId]);
      world.advance(61 * MINUTE_MS);
      await endOverdue(world.server.services, () => true);
      const late = await prepareAnswer(world.owner, id, [anna]);
      const refused = await world.owner.call("POST", `/api/v1/envelopes/${late.envelopeId}/send`, { json: late.order });
      assert.deepEqual([refused.status, refused.code], [409, "conflict"]);
      // All or nothing: who could still read it has not got it either.
      const mixed = await prepareAnswer(world.owner, id, [anna, bert]);
      await world.owner.call("POST", `/api/v1/envelopes/${mixed.envelopeId}/send`, { json: mixed.order });
      const his = await openBlindly(world, bert);
      assert.deepEqual(idsOf((await grantThread(his, bert.grantId)).json()), []);
    });

    test("M24: an answer is announced by mail with the first link, and ten lines in a row are announced once", async () => {
      const address = "thread.mail@courriel.example";
      const { envelopeId: id, grants } = await sendBlindly(world, world.owner, { to: [address], openings: 3 });
      const [grant] = grants;
      assert.ok(grant);
      await answerBlindly(world.owner, id, [grant]);
      await waitForText(world, address, new RegExp(`answered you[^]*(/o/${grant.grantId}#${grant.linkSecret})`));
      const sends = async () =>
        (await world.owner.call("GET", `/api/v1/envelopes/${id}`)).json<Envelope>().grants[0]?.sends;
      await answerBlindly(world.owner, id, [grant]);
      assert.equal(await sends(), 2);
      world.advance(11 * MINUTE_MS);
      await answerBlindly(world.owner, id, [grant]);
      assert.equal(await sends(), 3);
      // The other way round: a line soon after another is not announced, a reply always is.
      const device = await openBlindly(world, grant);
      const mails = async () => {
        const outbox = world.server.services.db.read.selectFrom("outbox").select("mail_id");
        return (await outbox.where("kind", "=", "reply").execute()).length;
      };
      const before = await mails();
      for (const brief of [true, true, false]) await replyBlindly(device, grant.grantId, brief);
      assert.equal((await mails()) - before, 2);
      world.advance(11 * MINUTE_MS);
      await replyBlindly(device, grant.grantId, true);
      assert.equal((await mails()) - before, 3);
    });

    test("M24: an answer sent twice at once, or to whom it is not for, is refused or the same; never two", async () => {
      const { id, anna } = await two();
      const other = await two();
      const foreign = await prepareAnswer(world.owner, id, [other.anna]);
      const send = (prepared: typeof foreign, by: Person = world.owner, headers: Record<string, string> = {}) =>
        by.call("POST", `/api/v1/envelopes/${prepared.envelopeId}/send`, { json: prepared.order, headers });
      assert.equal((await send(foreign)).code, "not_found");
      const twice = await prepareAnswer(world.owner, id, [anna]);
      assert.equal((await send(twice, world.colleague)).code, "not_found");
      const answers = await Promise.all(Array.from({ length: 6 }, () => send(twice)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409]);
      const again = await send(twice, world.owner, { "idempotency-key": "a-lost-answer-of-it" });
      assert.equal(again.status, 200, again.bytes.toString());
      assert.equal((await threadOf(world.owner, id)).items.length, 1);
      // Neither a reply nor a message fits into an answer's place.
      const { threads, ...reply } = (await prepareAnswer(world.owner, id, [anna])).order;
      const place = await prepareAnswer(world.owner, id, [anna]);
      assert.equal((await send({ ...place, order: { ...reply, threads: [] } })).code, "bad_input");
      assert.equal(
        (await send({ ...place, order: { ...place.order, threads: [...threads, ...threads] } })).code,
        "bad_input",
      );
      const asReply = await world.owner.call("POST", `/api/v1/envelopes/${place.envelopeId}/send`, { json: reply });
      assert.equal(asReply.code, "bad_input");
    });

    test("M24: answers to one message are counted, however many come at once", async () => {
      const { id } = await two();
      const { db } = world.server.services;
      await prepareAnswer(world.owner, id, []);
      const [row] = await db.read.selectFrom("envelopes").selectAll().where("in_reply_to", "=", id).execute();
      assert.ok(row);
      const rows = Array.from({ length: LIMITS.answersPerMessage - 3 }, (_, at) => ({
        ...row,
        envelope_id: `${row.envelope_id.slice(0, 20)}${String(at).padStart(6, "0")}`,
      }));
      await db.write(async (tx) => {
        for (let at = 0; at < rows.length; at += 20)
          await tx
            .insertInto("envelopes")
            .values(rows.slice(at, at + 20))
            .execute();
      });
      const begun = await Promise.all(
        Array.from({ length: 8 }, () => world.owner.call("POST", `/api/v1/envelopes/${id}/answers`, { json: {} })),
      );
      assert.deepEqual(begun.map(({ status, code }) => code ?? status).sort(), [
        201,
        201,
        ...Array.from({ length: 6 }, () => "limit_reached"),
      ]);
    });
  });
});
