/** A mobile number as second step, through the doors of a real server and its local mailbox. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FactorCodeSent, SecondStep, Security } from "@pli/core/wire";
import { waitForText } from "../../testing/blind-sender.ts";
import { addNumber, addTotp, askSms, halfSignedIn, newMemberWhoMust, newNumber } from "../../testing/factor-acts.ts";
import type { Person } from "../../testing/http.ts";
import { onBothProfiles } from "../../testing/profiles.ts";
import { databaseBytes } from "../../testing/stored.ts";
import type { Member, World } from "../../testing/world.ts";

const MINUTE = 60_000;
const HOME = "/api/v1/me/security";
const STEP = "/api/v1/sign-in/step";
const PATIENCE = { timeout: 30_000, interval: 20 };

const read = async (by: Person) => (await by.call("GET", HOME)).json<Security>();
const step = (by: Person, code: string) => by.call("POST", `${STEP}/codes`, { json: { kind: "sms", code } });
const put = (by: Person, number: string, code: string) => by.call("PUT", `${HOME}/sms`, { json: { number, code } });
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

async function expectMail(world: World, address: string, subject: RegExp): Promise<void> {
  const path = `${world.origin}/dev/mailbox.json?to=${encodeURIComponent(address)}`;
  const mails = (await (await fetch(path)).json()) as readonly { subject: string; text: string }[];
  const found = mails.find((mail) => subject.test(mail.subject));
  assert.ok(found, `${subject}: ${mails.map((mail) => mail.subject).join()}`);
  assert.doesNotMatch(found.text, /\+33612/, "the number is masked");
}

onBothProfiles(({ createWorld }) => {
  test("A2: a number counts once its code came back; then a link alone opens nothing, and an SMS does the rest", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    const number = newNumber();
    const code = await askSms(browser, world, `${HOME}/sms`, number, { number });
    assert.equal((await put(browser, number, wrong(code))).code, "wrong_code");
    assert.equal((await put(browser, newNumber(), code)).code, "wrong_code", "for that number alone");
    assert.equal((await put(await world.newSession(world.owner), number, code)).code, "wrong_code", "in that session");
    assert.equal((await read(browser)).sms.number, undefined);
    const both = await Promise.all([put(browser, number, code), put(browser, number, code)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [204, 403], "once");
    const mine = await read(browser);
    assert.deepEqual([mine.sms.number, mine.secondStep.on, mine.sms.possible], [number, true, true]);
    assert.ok(mine.confirmBy.includes("sms") && !mine.confirmBy.includes("mail"), mine.confirmBy.join());

    world.advance(MINUTE);
    const half = await halfSignedIn(world, world.owner);
    const due = (await half.call("GET", STEP)).json<SecondStep>();
    assert.deepEqual([due.factors, due.maskedNumber], [["sms"], `+33 ••• ${number.slice(-2)}`]);
    assert.ok(!JSON.stringify(due).includes(number.slice(-6)), "masked only");
    const asked = await half.call("POST", `${STEP}/sms-codes`);
    const { reference, to } = asked.json<FactorCodeSent>();
    assert.ok(!asked.bytes.toString().includes(number.slice(-6)), to);
    assert.equal((await half.call("POST", `${STEP}/sms-codes`)).code, "rate_limited", "one in half a minute");
    const first = await waitForText(world, number, new RegExp(`^(\\d{6}) (?=[^]*${reference})`));
    const another = await halfSignedIn(world, world.owner);
    assert.equal((await step(another, first)).code, "wrong_code", "for the browser that asked");
    const all = await Promise.all(
      Array.from({ length: 4 }, () => step(half, `${first.slice(0, 3)} ${first.slice(3)}`)),
    );
    assert.equal(all.filter(({ status }) => status === 201).length, 1, "one of four at once");
    assert.equal((await half.call("GET", "/api/v1/me")).status, 200);
    world.advance(MINUTE);
    const late = await askSms(another, world, `${STEP}/sms-codes`, number);
    world.advance(9.5 * MINUTE);
    assert.equal((await step(another, late)).code, "not_signed_in", "ten minutes for all of it");
    await t.waitFor(() => expectMail(world, world.owner.address, /mobile number was added/), PATIENCE);
    const kept = await databaseBytes(world);
    for (const secret of [code, first, late]) assert.ok(!kept.includes(`"${secret}"`) && !kept.includes(`\n${secret}`));
  });

  test("A2, Q8: wrong SMS codes end the step and lock the member's codes; SMS are few for one number and member", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    const number = await addNumber(browser, world);
    world.advance(5 * MINUTE);
    const half = await halfSignedIn(world, world.owner);
    const code = await askSms(half, world, `${STEP}/sms-codes`, number);
    const answers = await Promise.all(Array.from({ length: 8 }, () => step(half, wrong(code))));
    assert.equal(answers.filter((one) => one.code === "wrong_code").length, 5);
    assert.equal((await step(half, code)).code, "not_signed_in", "the step is gone");
    const next = await halfSignedIn(world, world.owner);
    world.advance(MINUTE);
    const right = await askSms(next, world, `${STEP}/sms-codes`, number);
    assert.equal((await step(next, right)).code, "rate_limited", "the right one too");
    let refused = 0;
    for (let i = 0; i < 10; i++) {
      world.advance(31_000);
      refused += (await next.call("POST", `${STEP}/sms-codes`)).code === "rate_limited" ? 1 : 0;
    }
    assert.ok(refused > 0, "not as many as one likes");
  });

  test("A2, Q8: wrong codes are counted wherever they are typed: five in a quarter of an hour, twenty a day", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    const number = newNumber();
    const code = await askSms(browser, world, `${HOME}/sms`, number, { number });
    for (let i = 0; i < 5; i++) assert.equal((await put(browser, number, wrong(code))).code, "wrong_code");
    assert.equal((await put(browser, number, code)).code, "rate_limited", "the right one too");
    const confirm = async () =>
      (await browser.call("POST", `${HOME}/confirmations/code`, { json: { kind: "mail", code: "12345678" } })).code;
    for (let round = 0; round < 3; round++) {
      world.advance(16 * MINUTE);
      for (let i = 0; i < 5; i++) assert.equal(await confirm(), "wrong_code");
      assert.equal(await confirm(), "rate_limited");
    }
    world.advance(16 * MINUTE);
    assert.equal(await confirm(), "rate_limited", "twenty");
  });

  test("Q8: codes by SMS are few for one number, for a member in a day and for a network, from however many sessions", async (t) => {
    const world = await createWorld(t, { PLI_SMS_PER_NUMBER: "2" });
    const offer = async (to: Member, number = newNumber(), headers = {}) =>
      (await (await world.newSession(to)).call("POST", `${HOME}/sms`, { json: { number }, headers })).code;
    const number = newNumber();
    const codes: unknown[] = [];
    for (let i = 0; i < 3; i++) codes.push(await offer(world.stranger, number));
    assert.deepEqual(codes, [null, null, "rate_limited"]);
    const day: unknown[] = [];
    for (let i = 0; i < 11; i++) day.push(await offer(world.owner));
    assert.deepEqual([day[9], day[10]], [null, "rate_limited"], "ten a day");
    const others = await Promise.all([1, 2, 3, 4].map(() => world.newMember()));
    const office = { "x-forwarded-for": "198.51.100.7" };
    const last: unknown[] = [];
    for (const other of others) for (let i = 0; i < 8; i++) last.push(await offer(other, newNumber(), office));
    assert.deepEqual([last[29], last.at(-1)], [null, "rate_limited"], "thirty an hour");
  });

  test("A2: another number takes the place of the first; with the last one the second step goes, and the mailbox hears", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    const first = await addNumber(browser, world);
    world.advance(16 * MINUTE);
    for (const [method, path, json] of [
      ["POST", `${HOME}/sms`, { number: newNumber() }],
      ["PUT", `${HOME}/sms`, { number: first, code: "000000" }],
      ["DELETE", `${HOME}/sms`, undefined],
    ] as const) {
      const answer = await browser.call(method, path, json === undefined ? {} : { json });
      assert.equal(answer.code, "second_factor_required", `${method} ${path}`);
    }
    assert.equal((await browser.call("POST", `${HOME}/confirmation-codes`, { json: { by: "mail" } })).code, "conflict");
    const code = await askSms(browser, world, `${HOME}/confirmation-codes`, first, { by: "sms" });
    const confirm = (kind: string) => browser.call("POST", `${HOME}/confirmations/code`, { json: { kind, code } });
    assert.equal((await confirm("mail")).code, "wrong_code");
    assert.equal((await confirm("sms")).status, 204);
    assert.equal((await confirm("sms")).code, "wrong_code", "used");
    const adding = await askSms(browser, world, `${HOME}/sms`, first, { number: first });
    const meant = await browser.call("POST", `${HOME}/confirmations/code`, { json: { kind: "sms", code: adding } });
    assert.equal(meant.code, "wrong_code", "of another purpose");
    world.advance(MINUTE);
    const second = await addNumber(browser, world);
    assert.equal((await read(browser)).sms.number, second);
    const half = await halfSignedIn(world, world.owner);
    world.advance(MINUTE);
    await askSms(half, world, `${STEP}/sms-codes`, second);
    assert.equal((await browser.call("DELETE", `${HOME}/sms`)).status, 204);
    assert.equal((await browser.call("DELETE", `${HOME}/sms`)).code, "not_found");
    assert.equal((await half.call("POST", `${STEP}/sms-codes`)).code, "conflict", "no number any more");
    assert.equal((await read(browser)).secondStep.on, false);
    for (const subject of [/number of your account was changed/, /number was removed/])
      await t.waitFor(() => expectMail(world, world.owner.address, subject), PATIENCE);
  });

  test("A2, P19: a number satisfies the organisation; where it forbids numbers none is added, and what is no mobile never is", async (t) => {
    const world = await createWorld(t);
    const strict = await newMemberWhoMust(world);
    const browser = await world.newSession(strict);
    await addNumber(browser, world);
    world.advance(MINUTE);
    const half = await halfSignedIn(world, strict);
    assert.deepEqual((await half.call("GET", STEP)).json<SecondStep>().enrol, false);
    const offer = (number: string) => browser.call("POST", `${HOME}/sms`, { json: { number } });
    for (const number of ["+33142278186", "+999123456", "0612345678", "+3361234"]) {
      assert.match((await offer(number)).code ?? "", /number_refused|bad_input/, number);
    }
    const begun = newNumber();
    const code = await askSms(browser, world, `${HOME}/sms`, begun, { number: begun });
    const settings = JSON.stringify({ secondFactorSms: { value: false, locked: true } });
    await world.server.services.db.write((tx) =>
      tx.updateTable("policies").set({ settings }).where("organisation_id", "=", strict.organisationId).execute(),
    );
    assert.equal((await offer(newNumber())).code, "policy_refused");
    assert.equal((await put(browser, begun, code)).code, "policy_refused", "nor one that was begun before");
    assert.equal((await read(browser)).sms.possible, false);
    assert.deepEqual((await half.call("GET", STEP)).json<SecondStep>().factors, ["sms"], "one that is there stays");
    const silent = await createWorld(t, { PLI_SMTP_URL: "smtp://127.0.0.1:9" });
    const other = await silent.newSession(silent.owner);
    assert.equal((await read(other)).sms.possible, false);
    const none = await other.call("POST", `${HOME}/sms`, { json: { number: newNumber() } });
    assert.equal(none.code, "sms_unavailable");
  });

  test("A2: a number beside an app: either of them signs in, and a code is none of the other kind", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    await addTotp(browser, world);
    const number = await addNumber(browser, world);
    world.advance(MINUTE);
    const half = await halfSignedIn(world, world.owner);
    assert.deepEqual((await half.call("GET", STEP)).json<SecondStep>().factors, ["totp", "sms"]);
    const code = await askSms(half, world, `${STEP}/sms-codes`, number);
    const asApp = await half.call("POST", `${STEP}/codes`, { json: { kind: "totp", code } });
    assert.equal(asApp.code, "wrong_code");
    assert.equal((await step(half, code)).status, 201);
  });
});
