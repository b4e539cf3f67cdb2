/** M16: a reply to all reaches the other visible recipients and nobody else, with their factors, and ends with what it answers. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type {
  Envelope,
  GrantInfo,
  InboxItem,
  Page,
  Readers,
  RecipientType,
  RegisterEntry,
  SendAnswer,
  ThreadItem,
} from "@pli/core/wire";
import { LIMITS } from "@pli/core/wire";
import { endOverdue } from "./features/jobs/index.ts";
import { takeIn } from "./features/limits/index.ts";
import {
  askCode,
  askSmsCode,
  type BlindGrant,
  blindGrant,
  openBlindly,
  prepareMessage,
  proveMailbox,
  sendBlindly,
  waitForText,
} from "./testing/blind-sender.ts";
import { blindReader, prepareReplyToAll, replyToAllBlindly } from "./testing/blind-thread.ts";
import type { Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { databaseBytes } from "./testing/stored.ts";
import { suiteScope, type World } from "./testing/world.ts";

const HOUR_MS = 3_600_000;
const ANNA = "anna@courriel.example";
const BERT = "bert@courriel.example";
const CORA = "cora@courriel.example";
const DAVE = "dave@courriel.example";

onBothProfiles(({ createWorld }) => {
  describe("replies to all", () => {
    let world: World;
    const scope = suiteScope();
    before(async () => {
      world = await createWorld(scope);
    });

    /** Anna and Bert (to), Cora (cc), Dave (bcc); all by mail, three openings, Anna's already open. */
    async function conversation(change: Partial<Record<string, object>> = {}, at = world) {
      const kinds: Record<string, RecipientType> = { [ANNA]: "to", [BERT]: "to", [CORA]: "cc", [DAVE]: "bcc" };
      const message = await prepareMessage(at, at.owner, { to: Object.keys(kinds), openings: 3 });
      const grants = message.order.grants.map((grant) => ({
        ...grant,
        recipient: {
          ...grant.recipient,
          type: kinds[grant.recipient.address] ?? "to",
          name: `Name of ${grant.recipient.address}`,
        },
        ...change[grant.recipient.address],
      }));
      const sent = await at.owner.call("POST", `/api/v1/envelopes/${message.envelopeId}/send`, {
        json: { ...message.order, grants },
      });
      assert.equal(sent.status, 200, sent.bytes.toString());
      const of = (address: string): BlindGrant => {
        const grant = message.grants.find((one) => one.address === address);
        assert.ok(grant);
        return grant;
      };
      return { id: message.envelopeId, of };
    }
    const ask = async (by: Person, grantId: string, addresses: readonly string[]) =>
      await by.call("POST", `/api/v1/grants/${grantId}/readers`, { json: { addresses } });
    const reached = async (by: Person, grantId: string, addresses: readonly string[]) =>
      (await ask(by, grantId, addresses)).json<Readers>().addresses;
    const send = async (by: Person, envelopeId: string, json: object) =>
      await by.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json });
    const info = async (grantId: string) =>
      (await world.visitor().call("GET", `/api/v1/grants/${grantId}`)).json<GrantInfo>();
    const linkIn = (address: string, grantId: string) => waitForText(world, address, new RegExp(`/o/(${grantId})#`));

    test("M16: the visible others are reached, by a link of their own that names the writer; sender and register know it", async () => {
      const { id, of } = await conversation();
      const anna = of(ANNA);
      const hers = await openBlindly(world, anna);
      assert.deepEqual(
        await reached(hers, anna.grantId, [ANNA, BERT.toUpperCase(), CORA, DAVE, "x@y.example", "+33•••78"]),
        [BERT.toUpperCase(), CORA],
      );
      const { envelopeId, grants, order } = await prepareReplyToAll(hers, anna.grantId, [BERT, CORA]);
      const answer = await hers.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: order });
      assert.equal(answer.status, 200, answer.bytes.toString());
      const [bert, cora] = grants;
      assert.ok(bert && cora);
      assert.deepEqual(answer.json<SendAnswer>().grants, [
        { grantId: bert.grantId, address: BERT },
        { grantId: cora.grantId, address: CORA },
      ]);
      await linkIn(CORA, cora.grantId);
      const mail = await waitForText(
        world,
        BERT,
        new RegExp(`((?:.|\\n)*/o/${bert.grantId}#${bert.linkSecret}(?:.|\\n)*)`),
      );
      assert.match(mail, /answered in the conversation of(?:.|\n)*claire\.author@here\.example/);
      assert.ok(mail.includes(ANNA) && !mail.includes(DAVE));
      const shown = await info(bert.grantId);
      assert.deepEqual([shown.sender.address, shown.sender.name], [ANNA, `Name of ${ANNA}`]);
      assert.equal(shown.conversation?.address, "claire.author@here.example");
      assert.deepEqual([shown.factors.mailboxCode, shown.openingsTotal], [true, LIMITS.openingsDefault]);
      // Who opens it reads the reply's parts, and can neither answer in it nor have it again.
      const his = await openBlindly(world, { ...bert, creation: { ...bert.creation, delivery: "mail" } });
      assert.equal((await his.call("GET", `/api/v1/grants/${bert.grantId}/parts/0/content`)).status, 200);
      const again = await his.call("POST", `/api/v1/grants/${bert.grantId}/replies`, { json: {} });
      assert.deepEqual([again.code, again.json<{ details?: object }>().details], ["conflict", { state: "reply" }]);
      assert.deepEqual(await reached(his, bert.grantId, [ANNA, CORA]), []);
      const copy = await his.call("POST", `/api/v1/grants/${bert.grantId}/requests`, { json: { reason: "new_copy" } });
      assert.equal(copy.code, "conflict");
      const wrong = await his.call("POST", `/api/v1/grants/${bert.grantId}/requests`, {
        json: { reason: "not_for_me" },
      });
      assert.equal(wrong.status, 202);
      const message = (await world.owner.call("GET", `/api/v1/envelopes/${id}`)).json<Envelope>();
      assert.deepEqual(
        message.requests.map(({ grantId }) => grantId),
        [of(BERT).grantId],
      );
      assert.equal(message.grants.length, 4, "the message itself was given to nobody else");

      const thread = (await world.owner.call("GET", `/api/v1/envelopes/${id}/thread`)).json<Page<ThreadItem>>();
      const inbox = (await world.owner.call("GET", "/api/v1/inbox")).json<Page<InboxItem>>();
      for (const item of [thread.items[0], inbox.items.find((one) => one.envelopeId === envelopeId)]) {
        assert.deepEqual(
          item?.readers?.map(({ recipient, openingsLeft }) => [recipient.address, openingsLeft]),
          [
            [BERT, 0],
            [CORA, 1],
          ],
        );
      }
      const events = async (of: string) =>
        (await world.owner.call("GET", `/api/v1/envelopes/${of}/register`)).json<Page<RegisterEntry>>().items;
      assert.ok((await events(id)).some(({ event, grantId }) => event === "replied" && grantId === anna.grantId));
      assert.ok(!(await events(id)).some(({ event, address }) => event === "opened" && address === BERT));
      assert.ok((await events(envelopeId)).some(({ event, address }) => event === "opened" && address === BERT));
      for (const by of [world.colleague, world.stranger]) {
        assert.equal((await by.call("GET", `/api/v1/envelopes/${envelopeId}/register`)).code, "not_found");
      }
    });

    test("M16: the same order again is the same reply; a used grant id, a stranger's device and a closed hour are refused", async () => {
      const { of } = await conversation();
      const anna = of(ANNA);
      const hers = await openBlindly(world, anna);
      const { envelopeId, order } = await prepareReplyToAll(hers, anna.grantId, [BERT]);
      const headers = { "idempotency-key": "once-and-again" };
      const both = await Promise.all(
        [1, 2].map(() => hers.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: order, headers })),
      );
      assert.ok(both.some(({ status }) => status === 200));
      assert.ok(
        both.every(({ status }) => status === 200 || status === 409),
        JSON.stringify(both.map(({ code }) => code)),
      );
      const third = await hers.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: order, headers });
      assert.deepEqual(third.json<SendAnswer>().grants, [{ grantId: order.readers[0]?.grantId, address: BERT }]);

      const taken = await prepareReplyToAll(hers, anna.grantId, [BERT]);
      const stolen = await send(hers, taken.envelopeId, { ...taken.order, readers: order.readers });
      assert.deepEqual([stolen.status, stolen.code], [409, "already_exists"]);
      assert.equal((await send(world.visitor(), taken.envelopeId, taken.order)).status, 401);
      assert.equal((await send(world.stranger, taken.envelopeId, taken.order)).code, "not_found");
      assert.equal((await ask(world.visitor(), anna.grantId, [BERT])).code, "opening_required");
      world.advance(61 * 60_000);
      assert.equal((await ask(hers, anna.grantId, [BERT])).code, "opening_required");
      await openBlindly(world, anna);
      const late = await send(hers, taken.envelopeId, taken.order);
      assert.equal(late.code, "opening_required", "another device's hour is not hers");
    });

    test("M16: nobody is reached whom the sender did not write to by mail, in the open, or wrote off since; bad orders are refused whole", async () => {
      const { id, of } = await conversation({ [CORA]: { delivery: "link", linkSecret: undefined } });
      const anna = of(ANNA);
      const hers = await openBlindly(world, anna);
      const { envelopeId, order } = await prepareReplyToAll(hers, anna.grantId, [BERT]);
      const refused = async (addresses: readonly string[]) => {
        const readers = addresses.map((address) => blindReader(address).reader);
        const answer = await send(hers, envelopeId, { ...order, readers });
        return [answer.code, answer.json<{ details?: { state?: string } }>().details?.state];
      };
      const second = blindGrant("Anna@Courriel.example").creation;
      assert.equal((await world.owner.call("POST", `/api/v1/envelopes/${id}/grants`, { json: second })).status, 201);
      for (const address of ["victim@elsewhere.example", DAVE, ANNA, CORA, "claire.author@here.example"]) {
        assert.deepEqual(await refused([BERT, address]), ["conflict", "readers"], address);
      }
      const [reader] = order.readers;
      assert.ok(reader);
      const twin = blindReader("Bert@Courriel.example").reader;
      for (const readers of [
        [],
        "all",
        [{ ...reader, address: "no address" }],
        [{ ...reader, linkSecret: "short" }],
        [{ ...reader, openings: 99 }],
        [reader, twin],
        [reader, { ...blindReader(CORA).reader, linkSecret: reader.linkSecret }],
        Array.from({ length: LIMITS.recipients + 1 }, (_, index) => blindReader(`a${index}@b.example`).reader),
      ]) {
        const answer = await send(hers, envelopeId, { ...order, readers });
        assert.deepEqual([answer.status, answer.code], [400, "bad_input"], JSON.stringify(readers).slice(0, 100));
      }
      await world.owner.call("POST", `/api/v1/envelopes/${id}/grants/${of(BERT).grantId}/revoke`, { json: {} });
      assert.deepEqual(await reached(hers, anna.grantId, [BERT, CORA]), []);
      assert.deepEqual(await refused([BERT]), ["conflict", "readers"]);
      const inbox = (await world.owner.call("GET", "/api/v1/inbox")).json<Page<InboxItem>>();
      assert.ok(!inbox.items.some((item) => item.envelopeId === envelopeId), "refused whole");
      await world.owner.call("POST", `/api/v1/envelopes/${id}/revoke`, { json: {} });
      assert.equal((await send(hers, envelopeId, order)).code, "revoked");
    });

    test("M16: a blind copy may answer all, and is known by address alone from then on; others stay unknown to each other", async () => {
      const { of } = await conversation();
      const dave = of(DAVE);
      const his = await openBlindly(world, dave);
      assert.deepEqual(await reached(his, dave.grantId, [ANNA, DAVE]), [ANNA]);
      const { grants } = await replyToAllBlindly(his, dave.grantId, [ANNA]);
      const shown = await info(grants[0]?.grantId ?? "");
      assert.deepEqual(shown.sender, { name: DAVE, address: DAVE }, "not by the sender's own name for them");
      const mail = await waitForText(world, ANNA, new RegExp(`((?:.|\\n)*/o/${grants[0]?.grantId}#(?:.|\\n)*)`));
      assert.ok(mail.includes(DAVE) && !mail.includes(`Name of ${DAVE}`), mail);
      const device = world.visitor();
      await proveMailbox(
        device,
        grants[0]?.grantId ?? "",
        await askCode(world, device, { grantId: grants[0]?.grantId ?? "", address: ANNA }),
      );
    });

    test("M16/P2: the factors stay: a code by SMS is asked again; where a password protects, nobody is reached", async () => {
      const params = { salt: "A".repeat(22), memoryKiB: 65536, passes: 3, lanes: 1 };
      const { of } = await conversation({
        [BERT]: {
          smsCode: true,
          recipient: { address: BERT, type: "to", mobile: "+33612345678" },
          language: "fr",
        },
        [CORA]: { passwordParams: params },
      });
      const anna = of(ANNA);
      const hers = await openBlindly(world, anna);
      assert.deepEqual(await reached(hers, anna.grantId, [BERT, CORA]), [BERT]);
      const { grants } = await replyToAllBlindly(hers, anna.grantId, [BERT]);
      const [bert] = grants;
      assert.ok(bert);
      const shown = await info(bert.grantId);
      assert.deepEqual(shown.factors, { mailboxCode: true, smsCode: true, password: false });
      assert.deepEqual([shown.language, shown.openingsTotal], ["fr", LIMITS.openingsDefaultWithFactor]);
      const device = world.visitor();
      await proveMailbox(device, bert.grantId, await askCode(world, device, bert));
      const opened = await device.call("POST", `/api/v1/grants/${bert.grantId}/openings`, {
        json: { verifier: bert.verifier },
      });
      assert.equal(opened.code, "sms_proof_required");
    });

    test("M16/Z8: revoking one, revoking all, a shorter expiry and the inbox end the readers' grants; the last reader ends no reply", async () => {
      const keyOf = async (grantId: string) =>
        await world.server.services.db.read
          .selectFrom("grants")
          .select(["wrapped_key", "expires_at_ms"])
          .where("grant_id", "=", grantId)
          .executeTakeFirstOrThrow();
      const { id, of } = await conversation();
      const hers = await openBlindly(world, of(ANNA));
      const first = await replyToAllBlindly(hers, of(ANNA).grantId, [BERT, CORA]);
      const second = await replyToAllBlindly(hers, of(ANNA).grantId, [CORA]);
      const [bert, cora] = first.grants;
      assert.ok(bert && cora);
      const doorOf = (address: string) => `/api/v1/envelopes/${id}/grants/${of(address).grantId}`;
      await world.owner.call("POST", `${doorOf(BERT)}/revoke`, { json: {} });
      assert.equal((await keyOf(bert.grantId)).wrapped_key, null);
      assert.equal((await info(bert.grantId)).state, "revoked");
      assert.ok((await keyOf(cora.grantId)).wrapped_key);
      const soon = new Date(world.now() + 2 * HOUR_MS).toISOString();
      await world.owner.call("PATCH", doorOf(CORA), { json: { expiresAt: soon } });
      assert.equal((await keyOf(cora.grantId)).expires_at_ms, Date.parse(soon));
      const later = new Date(world.now() + 20 * HOUR_MS).toISOString();
      await world.owner.call("PATCH", doorOf(CORA), { json: { expiresAt: later } });
      assert.equal((await keyOf(cora.grantId)).expires_at_ms, Date.parse(soon), "never longer than it was given");
      await world.owner.call("DELETE", `/api/v1/inbox/${second.envelopeId}`);
      assert.equal((await info(second.grants[0]?.grantId ?? "")).state, "revoked");
      world.advance(3 * HOUR_MS);
      await endOverdue(world.server.services);
      assert.equal((await keyOf(cora.grantId)).wrapped_key, null);
      assert.equal((await info(cora.grantId)).state, "expired");
      const inbox = (await world.owner.call("GET", "/api/v1/inbox")).json<Page<InboxItem>>();
      assert.ok(
        inbox.items.some(({ envelopeId }) => envelopeId === first.envelopeId),
        "it is still its receiver's",
      );
      const third = await replyToAllBlindly(await openBlindly(world, of(ANNA)), of(ANNA).grantId, [CORA]);
      await world.owner.call("POST", `/api/v1/envelopes/${id}/revoke`, { json: {} });
      const [last] = third.grants;
      assert.equal((await keyOf(last?.grantId ?? "")).wrapped_key, null);
      const tried = await world.visitor().call("POST", `/api/v1/grants/${last?.grantId}/codes`, { json: {} });
      assert.equal(tried.code, "revoked");
    });

    test("M16/P2: rules that were settled since hold: who lacks the factor is not reached; who has no address but a number reaches nobody", async () => {
      const strict = await createWorld(scope);
      const number = "+33612345679";
      const { of } = await conversation(
        {
          [BERT]: { smsCode: true, recipient: { address: BERT, type: "to", mobile: "+33612345678" } },
          [DAVE]: {
            delivery: "link",
            linkSecret: undefined,
            recipient: { address: number, type: "to", mobile: number },
          },
        },
        strict,
      );
      const hers = await openBlindly(strict, of(ANNA));
      const dave = of(DAVE);
      const his = strict.visitor();
      const code = await askSmsCode(strict, his, dave.grantId, number);
      await his.call("POST", `/api/v1/grants/${dave.grantId}/sms-proofs`, { json: { code } });
      await openBlindly(strict, { ...dave, creation: { ...dave.creation, delivery: "link" } }, his);
      assert.deepEqual(await reached(hers, of(ANNA).grantId, [BERT, CORA]), [BERT, CORA]);
      assert.deepEqual(await reached(his, dave.grantId, [ANNA, BERT, CORA]), []);
      const settings = JSON.stringify({ smsRequired: { value: true, locked: true } });
      const { organisationId, memberId } = strict.owner;
      const row = { organisation_id: organisationId, version: 1, settings, changed_at_ms: 0, changed_by: memberId };
      await strict.server.services.db.write((tx) => tx.insertInto("policies").values(row).execute());
      assert.deepEqual(await reached(hers, of(ANNA).grantId, [BERT, CORA]), [BERT]);
      const { envelopeId, order } = await prepareReplyToAll(hers, of(ANNA).grantId, [CORA]);
      assert.equal((await send(hers, envelopeId, order)).code, "policy_refused");
      await replyToAllBlindly(hers, of(ANNA).grantId, [BERT]);
    });

    test("M16/M6: whose openings are used is reached, whose time is over is not; a reader's right ends as early as theirs", async () => {
      const { id, of } = await conversation({ [BERT]: { openings: 1 } });
      await openBlindly(world, of(BERT));
      const soonMs = world.now() + 2 * HOUR_MS;
      const expiresAt = new Date(soonMs).toISOString();
      const door = `/api/v1/envelopes/${id}/grants/${of(CORA).grantId}`;
      assert.equal((await world.owner.call("PATCH", door, { json: { expiresAt } })).status, 200);
      const hers = await openBlindly(world, of(ANNA));
      assert.deepEqual(await reached(hers, of(ANNA).grantId, [BERT, CORA]), [BERT, CORA]);
      const { grants } = await replyToAllBlindly(hers, of(ANNA).grantId, [BERT, CORA]);
      const ends = await Promise.all(grants.map(async ({ grantId }) => (await info(grantId)).expiresAt));
      assert.equal(ends[1], expiresAt);
      assert.ok(Date.parse(ends[0] ?? "") > soonMs, "each by their own");
      world.advance(3 * HOUR_MS);
      const later = await openBlindly(world, of(ANNA));
      assert.deepEqual(await reached(later, of(ANNA).grantId, [BERT, CORA]), [BERT]);
      const { envelopeId, order } = await prepareReplyToAll(later, of(ANNA).grantId, [CORA]);
      assert.equal((await send(later, envelopeId, order)).code, "conflict");
    });

    test("M16/Z8, Z15: what waits in the outbox is sealed, and called off with the right that it hangs on; the register says so", async () => {
      const silent = await createWorld(scope, { PLI_SMTP_URL: "smtp://127.0.0.1:9" });
      const byLink = { delivery: "link", linkSecret: undefined } as const;
      const { id, of } = await conversation({ [ANNA]: byLink }, silent);
      const anna: BlindGrant = { ...of(ANNA), creation: { ...of(ANNA).creation, delivery: "link" } };
      const hers = await openBlindly(silent, anna);
      const { envelopeId, grants } = await replyToAllBlindly(hers, anna.grantId, [BERT, CORA]);
      const [bert, cora] = grants;
      assert.ok(bert && cora);
      const kept = await databaseBytes(silent);
      for (const { linkSecret } of grants) assert.ok(!kept.includes(linkSecret));
      const mails = () =>
        silent.server.services.db.read
          .selectFrom("outbox")
          .select((row) => ["grant_id", "state", row("secret", "is", null).as("erased")])
          .where("envelope_id", "=", envelopeId)
          .where("kind", "=", "message")
          .execute();
      const mailOf = async ({ grantId }: BlindGrant) => {
        const mail = (await mails()).find((one) => one.grant_id === grantId);
        return [mail?.state, Boolean(mail?.erased)];
      };
      assert.deepEqual(
        [await mailOf(bert), await mailOf(cora)],
        [1, 2].map(() => ["waiting", false]),
      );
      await silent.owner.call("POST", `/api/v1/envelopes/${id}/grants/${of(BERT).grantId}/revoke`, { json: {} });
      assert.deepEqual(
        [await mailOf(bert), await mailOf(cora)],
        [
          ["cancelled", true],
          ["waiting", false],
        ],
      );
      await silent.owner.call("DELETE", `/api/v1/inbox/${envelopeId}`);
      assert.deepEqual(await mailOf(cora), ["cancelled", true]);
      const register = await silent.owner.call("GET", `/api/v1/envelopes/${envelopeId}/register`);
      const ended = register.json<Page<RegisterEntry>>().items.filter(({ event }) => event === "grant_revoked");
      assert.deepEqual(ended.map(({ grantId }) => grantId).sort(), [bert.grantId, cora.grantId].sort());
    });

    test("M16/Q8: mails of replies to all are the member's: one mailbox gets so many of them, and they are a share of the hour", async () => {
      const few = await createWorld(scope, { PLI_MAILS_PER_MAILBOX: "2" });
      const first = await conversation({}, few);
      const hers = await openBlindly(few, first.of(ANNA));
      await replyToAllBlindly(hers, first.of(ANNA).grantId, [BERT]);
      const more = await prepareReplyToAll(hers, first.of(ANNA).grantId, [BERT]);
      assert.equal((await send(hers, more.envelopeId, more.order)).code, "rate_limited");
      const many = await createWorld(scope, { PLI_MAILS_PER_HOUR: "800" });
      const to = Array.from({ length: LIMITS.recipients / 2 + 2 }, (_, at) => `m${at}@courriel.example`);
      const { grants } = await sendBlindly(many, many.owner, { to });
      const [writer] = grants;
      assert.ok(writer);
      const device = await openBlindly(many, writer);
      await replyToAllBlindly(device, writer.grantId, to.slice(1));
      const { envelopeId, order } = await prepareReplyToAll(device, writer.grantId, to.slice(1));
      assert.equal((await send(device, envelopeId, order)).code, "rate_limited");
    });

    test("M16/Q8: one link brings mails to all ten times an hour, whatever it is used for", async () => {
      const { of } = await conversation();
      const anna = of(ANNA);
      const hers = await openBlindly(world, anna);
      const codes: (string | null | undefined)[] = [];
      for (let at = 0; at <= LIMITS.repliesToAllPerHour; at++) {
        const { envelopeId, order } = await prepareReplyToAll(hers, anna.grantId, [BERT]);
        codes.push((await send(hers, envelopeId, order)).code);
        if (at < LIMITS.repliesToAllPerHour) continue;
        const alone = await send(hers, envelopeId, { ...order, readers: undefined });
        assert.equal(alone.status, 200, "the sender is answered all the same");
      }
      assert.equal(codes.at(-1), "rate_limited");
      const asked = [...Array(201).keys()].map(() => ask(hers, anna.grantId, [BERT]));
      const answers = await Promise.all(asked);
      assert.equal(answers.filter(({ status }) => status === 200).length, 200, "nor is it asked without end");
      assert.ok(codes.slice(0, -1).every((code) => code !== "rate_limited"));
    });

    test("M16/Q8: a network that asked too often who is reached waits, and is told how long; another does not", async () => {
      const { of } = await conversation();
      const { grantId } = of(ANNA);
      const hers = await openBlindly(world, of(ANNA));
      const from = (address: string) => {
        const headers = { "x-forwarded-for": address };
        return hers.call("POST", `/api/v1/grants/${grantId}/readers`, { json: { addresses: [BERT] }, headers });
      };
      assert.equal((await from("198.51.100.7")).status, 200);
      // All turns of the next hours, in one.
      const door = { door: "readers-network", key: "198.51.100.0/24", limit: 1, windowSeconds: 7200 };
      const { services } = world.server;
      assert.ok(await services.db.write((tx) => takeIn(tx, world.now() + 3_600_000, door)));
      const refused = await from("198.51.100.7");
      assert.deepEqual([refused.status, refused.code], [429, "rate_limited"]);
      assert.ok(Number(refused.headers["retry-after"]) > 3600, "as long as it must wait");
      assert.equal((await from("198.51.100.99")).code, "rate_limited", "whichever of its addresses asks");
      assert.equal((await from("198.51.101.7")).status, 200);
    });
  });
});
