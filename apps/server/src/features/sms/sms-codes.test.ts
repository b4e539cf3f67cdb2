/** Codes and links by SMS through the recipient's doors: who must prove what, before the key is released. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { CodeSent, Envelope, GrantInfo, Page, RegisterEntry } from "@pli/core/wire";
import {
  askCode,
  askSmsCode,
  type BlindGrant,
  type MessageWishes,
  prepareMessage,
  proveMailbox,
  sendBlindly,
  waitForText,
} from "../../testing/blind-sender.ts";
import type { Person } from "../../testing/http.ts";
import { onBothProfiles } from "../../testing/profiles.ts";
import { ACCOUNT, startSmsProvider, TOKEN } from "../../testing/sms-provider.ts";
import { databaseBytes } from "../../testing/stored.ts";
import type { World } from "../../testing/world.ts";

const NUMBER = "+33612345678";
const MINUTE = 60_000;
const PATIENCE = { timeout: 30_000, interval: 20 };

onBothProfiles(({ createWorld }) => {
  async function send(world: World, wishes: MessageWishes): Promise<BlindGrant & { readonly envelopeId: string }> {
    const message = await sendBlindly(world, world.owner, { to: ["jeanne@courriel.example"], ...wishes });
    const [grant] = message.grants;
    assert.ok(grant);
    return { ...grant, envelopeId: message.envelopeId };
  }
  const open = (device: Person, grant: BlindGrant) =>
    device.call("POST", `/api/v1/grants/${grant.grantId}/openings`, { json: { verifier: grant.verifier } });
  const prove = (device: Person, { grantId }: BlindGrant, code: string) =>
    device.call("POST", `/api/v1/grants/${grantId}/sms-proofs`, { json: { code } });
  const ask = (device: Person, { grantId }: BlindGrant) =>
    device.call("POST", `/api/v1/grants/${grantId}/sms-codes`, { json: {} });
  const look = async (device: Person, { grantId }: BlindGrant) =>
    (await device.call("GET", `/api/v1/grants/${grantId}`)).json<GrantInfo>();
  const codeOf = (answer: { json<T>(): T }) => answer.json<{ code: string }>().code;
  const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

  test("M4, M22: mailbox first, then the code by SMS; the key is released after both, and the register notes the tries", async (t: TestContext) => {
    const world = await createWorld(t);
    const grant = await send(world, { mobile: NUMBER, smsCode: true });
    const device = world.visitor();
    const before = await look(device, grant);
    assert.deepEqual(before.factors, { mailboxCode: true, smsCode: true, password: false });
    assert.equal(before.maskedMobile, "+33 ••• 78");
    assert.equal(codeOf(await ask(device, grant)), "mailbox_proof_required", "nobody else has SMS sent");
    assert.equal(codeOf(await open(device, grant)), "mailbox_proof_required");
    await proveMailbox(device, grant.grantId, await askCode(world, device, grant));
    const refused = await open(device, grant);
    assert.equal(refused.status, 403);
    assert.equal(codeOf(refused), "sms_proof_required");
    assert.equal((await look(device, grant)).openingsLeft, 1, "no opening was used");

    const code = await askSmsCode(world, device, grant.grantId, NUMBER);
    const text = await waitForText(world, NUMBER, /^(.*)$/s);
    assert.match(text, /^\d{6} is your code to read the message from .*\n\n@localhost #\d{6}$/s);
    const bad = await prove(device, grant, wrong(code));
    assert.equal(codeOf(bad), "wrong_code");
    assert.equal(bad.json<{ details: { triesLeft: number } }>().details.triesLeft, 4);
    const stranger = world.visitor();
    assert.equal(codeOf(await prove(stranger, grant, code)), "mailbox_proof_required");
    assert.equal((await prove(device, grant, ` ${code.slice(0, 3)} ${code.slice(3)}`)).status, 200);
    const after = await look(device, grant);
    assert.equal(after.device.smsProven, true);
    assert.equal((await look(stranger, grant)).device.smsProven, false);
    assert.equal((await open(device, grant)).status, 200);

    const register = await world.owner.call("GET", `/api/v1/envelopes/${grant.envelopeId}/register`);
    const events = register.json<Page<RegisterEntry>>().items.map(({ event }) => event);
    for (const event of ["sms_asked", "sms_wrong", "sms_proven", "opened"])
      assert.ok(events.includes(event as never), event);
  });

  test("M4: any unexpired code works; after 15 minutes it is expired, not wrong; the next one comes after 30 seconds", async (t) => {
    const world = await createWorld(t);
    const grant = await send(world, { to: [NUMBER], delivery: "sms" });
    const device = world.visitor();
    const first = await askSmsCode(world, device, grant.grantId, NUMBER);
    const soon = await ask(device, grant);
    assert.equal(codeOf(soon), "rate_limited");
    assert.ok(Number(soon.headers["retry-after"]) <= 30);
    world.advance(31_000);
    const second = (await ask(device, grant)).json<CodeSent>();
    assert.ok(second.reference);
    assert.equal((await prove(device, grant, first)).status, 200, "the one before still works");
    world.advance(16 * MINUTE);
    assert.equal((await look(device, grant)).device.smsProven, false, "a second factor is not remembered for long");
    assert.equal(codeOf(await prove(device, grant, first)), "code_expired");
    assert.equal(codeOf(await open(device, grant)), "sms_proof_required");
  });

  test("M22: a code by SMS that came too late, and a device shut out, are in the register", async (t) => {
    const world = await createWorld(t);
    const grant = await send(world, { to: [NUMBER], delivery: "sms" });
    const device = world.visitor();
    const code = await askSmsCode(world, device, grant.grantId, NUMBER);
    world.advance(16 * MINUTE);
    assert.equal(codeOf(await prove(device, grant, code)), "code_expired");
    for (let turn = 0; turn < 5; turn++) await prove(device, grant, wrong(code));
    assert.equal(codeOf(await prove(device, grant, code)), "locked");
    const register = await world.owner.call("GET", `/api/v1/envelopes/${grant.envelopeId}/register`);
    const events = register.json<Page<RegisterEntry>>().items.map(({ event }) => event as string);
    const expected = ["refused", ...Array(5).fill("sms_wrong"), "sms_expired", "sms_asked"];
    assert.deepEqual(
      events.filter((event) => expected.includes(event)),
      expected,
    );
    assert.ok(!register.bytes.toString().includes(code));
  });

  test("M4: five wrong codes shut this device out until a new code, however many come at once", async (t) => {
    const world = await createWorld(t);
    const grant = await send(world, { to: [NUMBER], delivery: "sms" });
    const device = world.visitor();
    const code = await askSmsCode(world, device, grant.grantId, NUMBER);
    const answers = await Promise.all(Array.from({ length: 12 }, () => prove(device, grant, wrong(code))));
    assert.equal(answers.filter((answer) => codeOf(answer) === "wrong_code").length, 5);
    assert.notEqual((await prove(device, grant, code)).status, 200);
    world.advance(31_000);
    const next = await askSmsCode(world, device, grant.grantId, NUMBER);
    assert.equal((await prove(device, grant, next)).status, 200);
  });

  test("M8: the link goes by SMS; with an address the mailbox is proven, without one the number", async (t) => {
    const world = await createWorld(t);
    const both = await send(world, { mobile: NUMBER, delivery: "sms" });
    const link = await waitForText(world, NUMBER, /(https?:\S+)/);
    assert.equal(link, `${world.origin}/o/${both.grantId}#${both.linkSecret}`);
    assert.deepEqual((await look(world.visitor(), both)).factors, {
      mailboxCode: true,
      smsCode: false,
      password: false,
    });
    const device = world.visitor();
    await proveMailbox(device, both.grantId, await askCode(world, device, both));
    assert.equal((await open(device, both)).status, 200);

    const alone = await send(world, { to: ["+32470123456"], delivery: "sms" });
    const info = await look(device, alone);
    assert.deepEqual(info.factors, { mailboxCode: false, smsCode: true, password: false });
    assert.equal(info.maskedAddress, "+32 ••• 56");
    assert.equal(codeOf(await open(device, alone)), "sms_proof_required");
    assert.equal(codeOf(await device.call("POST", `/api/v1/grants/${alone.grantId}/codes`, { json: {} })), "conflict");

    const seen = (await world.owner.call("GET", `/api/v1/envelopes/${alone.envelopeId}`)).json<Envelope>();
    assert.equal(seen.grants[0]?.delivery, "sms");
    assert.equal(seen.grants[0]?.recipient.mobile, "+32470123456");
    assert.equal(seen.grants[0]?.smsCode, true);
    await t.waitFor(async () => {
      const shown = (await world.owner.call("GET", `/api/v1/envelopes/${alone.envelopeId}`)).json<Envelope>();
      assert.equal(shown.grants[0]?.notification?.state, "accepted");
    }, PATIENCE);
    const path = `/api/v1/envelopes/${alone.envelopeId}/grants/${alone.grantId}/resend`;
    assert.equal((await world.owner.call("POST", path, { json: { linkSecret: alone.linkSecret } })).status, 204);
  });

  test("M4: numbers that are none, of other countries, or without need are refused or not kept", async (t) => {
    const world = await createWorld(t, { PLI_SMS_COUNTRIES: "FR,BE" });
    const tried = async (wishes: MessageWishes) => {
      const { envelopeId, order } = await prepareMessage(world, world.owner, wishes);
      const answer = await world.owner.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: order });
      return answer.status === 200 ? "sent" : codeOf(answer);
    };
    const mailed = { to: ["jeanne@courriel.example"], smsCode: true };
    assert.equal(await tried({ ...mailed, mobile: "+33142345678" }), "number_refused", "a landline");
    assert.equal(await tried({ ...mailed, mobile: "+33999999999" }), "number_refused");
    assert.equal(await tried({ ...mailed, mobile: "+4915112345678" }), "number_refused", "Germany is not on the list");
    assert.equal(await tried({ ...mailed, mobile: "0612345678" }), "bad_input");
    assert.equal(await tried(mailed), "bad_input", "no number at all");
    assert.equal(await tried({ to: [NUMBER] }), "bad_input", "nobody can be mailed at a number");
    assert.equal(await tried({ to: [NUMBER], mobile: "+32470123456", delivery: "sms" }), "bad_input");
    assert.equal(await tried({ to: ["jeanne@courriel.example"], delivery: "sms" }), "bad_input");
    assert.equal(await tried({ ...mailed, mobile: "+32470123456" }), "sent");
    const { envelopeId } = await sendBlindly(world, world.owner, { mobile: NUMBER });
    const seen = (await world.owner.call("GET", `/api/v1/envelopes/${envelopeId}`)).json<Envelope>();
    assert.equal(seen.grants[0]?.recipient.mobile, undefined, "a number that nothing is sent to is not kept");
  });

  test("M4, Q8: SMS to one number and to one country are counted for all nodes, whoever asks for them", async (t) => {
    const world = await createWorld(t, { PLI_SMS_PER_NUMBER: "3", PLI_SMS_PER_COUNTRY: "5" });
    const sent = async (number: string) => {
      const { envelopeId, order } = await prepareMessage(world, world.owner, { to: [number], delivery: "sms" });
      return (await world.owner.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: order })).status;
    };
    const grant = await send(world, { to: [NUMBER], delivery: "sms" });
    assert.equal((await ask(world.visitor(), grant)).status, 202);
    const rest = await Promise.all([sent(NUMBER), sent(NUMBER), sent(NUMBER)]);
    assert.deepEqual(rest.toSorted(), [200, 429, 429]);
    assert.deepEqual(
      [await sent("+33612345679"), await sent("+33612345680"), await sent("+33612345681")],
      [200, 200, 429],
    );
    assert.equal(await sent("+32470123456"), 200, "another country");
  });

  test("M4, Q8: one member sends so many SMS an hour and no more, however they are spread", async (t) => {
    const world = await createWorld(t, { PLI_SMS_PER_MEMBER: "3" });
    const sent = async (by: Person, ...to: string[]) => {
      const { envelopeId, order } = await prepareMessage(world, by, { to, delivery: "sms" });
      return (await by.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: order })).status;
    };
    assert.equal(await sent(world.owner, "+33612345679", "+33612345680"), 200);
    assert.equal(await sent(world.owner, "+33612345681", "+32470123456"), 429, "all or none");
    assert.equal(await sent(world.owner, "+33612345681"), 200);
    assert.equal(await sent(world.owner, "+33612345682"), 429);
    assert.equal(await sent(world.colleague, "+33612345682"), 200);
  });

  test("Q11, Z15: by a provider: tried again later, taken once, and the secret is gone from the outbox", async (t) => {
    const provider = await startSmsProvider(t, [{ status: 503, body: {} }, "cut"]);
    const url = `twilio://${ACCOUNT}:${encodeURIComponent(TOKEN)}@${provider.host}?from=Pli&tls=no`;
    const world = await createWorld(t, { PLI_SMS_URL: url });
    const grant = await send(world, { to: [NUMBER], delivery: "sms" });
    const outboxRow = async () =>
      await world.server.services.db.read
        .selectFrom("outbox")
        .selectAll()
        .where("grant_id", "=", grant.grantId)
        .executeTakeFirstOrThrow();
    await t.waitFor(async () => assert.equal((await outboxRow()).tries, 1), PATIENCE);
    assert.ok(!(await databaseBytes(world)).includes(grant.linkSecret), "never in clear on the disk");
    world.advance(2 * MINUTE);
    await t.waitFor(async () => assert.equal((await outboxRow()).tries, 2), PATIENCE);
    world.advance(10 * MINUTE);
    await t.waitFor(async () => assert.equal((await outboxRow()).state, "accepted"), PATIENCE);
    assert.equal((await outboxRow()).secret, null);
    assert.deepEqual(
      provider.taken.map(({ to, from }) => [to, from]),
      [[NUMBER, "Pli"]],
    );
    assert.ok(provider.taken[0]?.body.includes(`${world.origin}/o/${grant.grantId}#${grant.linkSecret}`));
  });

  test("M4: a server without SMS refuses what needs one, and says so beforehand", async (t) => {
    const world = await createWorld(t, { PLI_SMTP_URL: "smtp://127.0.0.1:1" });
    assert.equal((await (await fetch(`${world.origin}/api/v1/server`)).json()).sms, false);
    const { envelopeId, order } = await prepareMessage(world, world.owner, { to: [NUMBER], delivery: "sms" });
    const answer = await world.owner.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json: order });
    assert.equal(answer.status, 409);
    assert.equal(codeOf(answer), "sms_unavailable");
  });
});
