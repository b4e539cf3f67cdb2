/** Second factors, through the doors of a real server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PasskeyCreation, RecoveryCodes, SecondStep, Security, TotpOffer } from "@pli/core/wire";
import { appCode } from "../../testing/app-codes.ts";
import {
  addPasskey,
  addTotp,
  askFor,
  askSms,
  halfSignedIn,
  newMemberWhoMust,
  newNumber,
} from "../../testing/factor-acts.ts";
import type { Person } from "../../testing/http.ts";
import { onBothProfiles } from "../../testing/profiles.ts";
import { softwarePasskey } from "../../testing/software-passkey.ts";
import { databaseBytes } from "../../testing/stored.ts";
import type { World } from "../../testing/world.ts";

const MINUTE = 60_000;
const HOME = "/api/v1/me/security";
const STEP = "/api/v1/sign-in/step";
const REQUESTS = "/api/v1/sign-in/passkey-requests";
const PATIENCE = { timeout: 30_000, interval: 20 };

const read = async (by: Person) => (await by.call("GET", HOME)).json<Security>();
const step = (by: Person, kind: string, code: string) => by.call("POST", `${STEP}/codes`, { json: { kind, code } });

async function recoveryCodes(by: Person): Promise<readonly string[]> {
  const made = await by.call("POST", `${HOME}/recovery-codes`);
  assert.equal(made.status, 201, made.code ?? "");
  return made.json<RecoveryCodes>().codes;
}

async function subjects(world: World, address: string): Promise<readonly string[]> {
  const answer = await fetch(`${world.origin}/dev/mailbox.json?to=${encodeURIComponent(address)}`);
  return ((await answer.json()) as readonly { subject: string }[]).map(({ subject }) => subject);
}

onBothProfiles(({ createWorld }) => {
  test("A2: with a code app a link alone opens nothing; each time step works once, one before and one after count", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    const { secret } = await addTotp(browser, world);
    assert.equal((await browser.call("POST", `${HOME}/totp`)).code, "already_exists");
    world.advance(5 * MINUTE);
    const half = await halfSignedIn(world, world.owner);
    assert.equal(half.cookies.has("__Host-pli-session"), false);
    for (const path of ["/api/v1/me", "/api/v1/envelopes", "/api/v1/me/keyring", HOME])
      assert.equal((await half.call("GET", path)).code, "not_signed_in", path);
    const asSession = world.visitor(new Map([["__Host-pli-session", half.cookies.get("__Host-pli-step") ?? ""]]));
    assert.equal((await asSession.call("GET", "/api/v1/me")).code, "not_signed_in");
    const due = (await half.call("GET", STEP)).json<SecondStep>();
    assert.deepEqual([due.factors, due.enrol], [["totp"], false]);
    const now = world.now();
    for (const [code, why] of [
      [appCode(secret, now - 2 * 30_000), "two steps before"],
      [appCode(secret, now + 2 * 30_000), "two steps after"],
      ["000", "too short"],
    ] as const) {
      assert.equal((await step(half, "totp", code)).code, "wrong_code", why);
    }
    const before = appCode(secret, now - 30_000);
    const entered = await step(half, "totp", `${before.slice(0, 3)} ${before.slice(3)}`);
    assert.equal(entered.status, 201);
    assert.equal((await half.call("GET", "/api/v1/me")).status, 200);
    assert.equal(half.cookies.has("__Host-pli-step"), false);
    assert.equal((await step(half, "totp", appCode(secret, now))).code, "not_signed_in", "the step is made");
    const again = await halfSignedIn(world, world.owner);
    assert.equal((await step(again, "totp", before)).code, "wrong_code", "used");
    const code = appCode(secret, world.now() + 30_000);
    const all = await Promise.all(Array.from({ length: 6 }, () => step(again, "totp", code)));
    assert.equal(all.filter(({ status }) => status === 201).length, 1, "one of six at once");
  });

  test("A2, Q8: five wrong codes end the step; more lock the member's codes for a while, not their passkey", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    const { key } = await addPasskey(browser, world);
    const { secret } = await addTotp(browser, world);
    world.advance(5 * MINUTE);
    const half = await halfSignedIn(world, world.owner);
    const wrong = appCode(secret, world.now()) === "111111" ? "222222" : "111111";
    const answers = await Promise.all(Array.from({ length: 12 }, () => step(half, "totp", wrong)));
    assert.ok(answers.every(({ status }) => status >= 400 && status < 500));
    assert.equal(answers.filter((one) => one.code === "wrong_code").length, 5);
    assert.equal((await half.call("GET", STEP)).code, "not_signed_in", "the step is gone");
    const next = await halfSignedIn(world, world.owner);
    const locked = await step(next, "totp", appCode(secret, world.now()));
    assert.equal(locked.code, "rate_limited", "the right one too");
    assert.ok(Number(locked.headers["retry-after"]) > 0);
    assert.equal((await step(next, "recovery", "AAAAA-AAAAA")).code, "rate_limited");
    const json = key.answer(await askFor(next, `${STEP}/passkey-requests`), world.origin);
    assert.equal((await next.call("POST", `${STEP}/passkeys`, { json })).status, 201);
    world.advance(15 * MINUTE);
    const later = await halfSignedIn(world, world.owner);
    assert.equal((await step(later, "totp", appCode(secret, world.now()))).status, 201);
  });

  test("A2: a step waits ten minutes, for its own browser, and takes no passkey or code of another member", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    const { secret } = await addTotp(browser, world);
    const others = await addPasskey(await world.newSession(world.colleague), world);
    world.advance(5 * MINUTE);
    const half = await halfSignedIn(world, world.owner);
    const request = await askFor(half, `${STEP}/passkey-requests`);
    const json = others.key.answer(request, world.origin);
    assert.equal((await half.call("POST", `${STEP}/passkeys`, { json })).code, "passkey_refused");
    assert.equal((await step(world.visitor(), "totp", appCode(secret, world.now()))).code, "not_signed_in");
    world.advance(10 * MINUTE);
    assert.equal((await step(half, "totp", appCode(secret, world.now()))).code, "not_signed_in");
  });

  test("A2: recovery codes: ten, each once, typed in any form; new ones end those before, and the mailbox hears of it", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    assert.equal((await browser.call("POST", `${HOME}/recovery-codes`)).code, "conflict", "nothing to stand in for");
    await addTotp(browser, world);
    const first = await recoveryCodes(browser);
    assert.equal(new Set(first).size, 10);
    const codes = await recoveryCodes(browser);
    world.advance(MINUTE);
    const half = await halfSignedIn(world, world.owner);
    assert.deepEqual((await half.call("GET", STEP)).json<SecondStep>().factors, ["totp", "recovery"]);
    assert.equal((await step(half, "recovery", first[0] ?? "")).code, "wrong_code", "those before");
    const all = await Promise.all(
      Array.from({ length: 4 }, () => step(half, "recovery", ` ${codes[0]?.toLowerCase().replace("-", " ")} `)),
    );
    assert.equal(all.filter(({ status }) => status === 201).length, 1);
    assert.equal((await read(half)).recoveryCodesLeft, 9);
    const again = await halfSignedIn(world, world.owner);
    assert.equal((await step(again, "recovery", codes[0] ?? "")).code, "wrong_code", "used");
    // A step is one session's: whoever kept its cookie makes no second one of it, whatever code they have.
    const copy = world.visitor(again.cookies);
    assert.equal((await step(again, "recovery", codes[1] ?? "")).status, 201);
    assert.equal((await step(copy, "recovery", codes[2] ?? "")).code, "not_signed_in", "a step that was made");
    await t.waitFor(async () => {
      const told = await subjects(world, world.owner.address);
      for (const subject of [
        "A code app was added to your account",
        "New recovery codes were made",
        "A recovery code was used",
      ])
        assert.ok(told.includes(subject), `${subject}: ${told.join()}`);
    }, PATIENCE);
    const kept = await databaseBytes(world);
    for (const code of codes) assert.ok(!kept.includes(code) && !kept.includes(code.replace("-", "")));
  });

  test("A2, Z10: what changes the ways in asks for the second factor again, and a token cannot", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    const { secret } = await addTotp(browser, world);
    const slot = () => ({
      slotId: Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64url"),
      kind: "device",
      name: "Here",
      wrappedSeed: Buffer.alloc(60, 7).toString("base64url"),
    });
    const text = (lengthBytes: number) => Buffer.alloc(lengthBytes, 9).toString("base64url");
    const [one, two] = [slot(), slot()];
    const keyring = { kemPublic: text(1216), signPublic: text(32), slots: [one, two] };
    assert.equal((await browser.call("PUT", "/api/v1/me/keyring", { json: keyring })).status, 201);
    world.advance(15 * MINUTE);
    const refused = async (calling: ReturnType<Person["call"]>) =>
      assert.equal((await calling).code, "second_factor_required");
    await refused(browser.call("DELETE", `${HOME}/totp`));
    await refused(browser.call("POST", `${HOME}/recovery-codes`));
    await refused(browser.call("POST", `${HOME}/passkey-creations`));
    await refused(browser.call("PUT", `${HOME}/second-step`, { json: { on: false } }));
    await refused(browser.call("POST", "/api/v1/me/keyring/slots", { json: slot() }));
    assert.equal(
      (await browser.call("DELETE", `/api/v1/me/keyring/slots/${one.slotId}`)).status,
      204,
      "locking is free",
    );
    for (const path of [HOME, `${HOME}/totp`, `${HOME}/recovery-codes`])
      await refused(world.owner.call(path === HOME ? "GET" : "POST", path));
    assert.equal(
      (await world.owner.call("POST", "/api/v1/me/keyring/slots", { json: slot() })).status,
      201,
      "a program",
    );
    const confirm = (code: string) =>
      browser.call("POST", `${HOME}/confirmations/code`, { json: { kind: "totp", code } });
    assert.equal((await confirm("123")).code, "wrong_code");
    assert.equal((await confirm(appCode(secret, world.now()))).status, 204);
    assert.equal((await browser.call("POST", "/api/v1/me/keyring/slots", { json: slot() })).status, 201);
    assert.equal((await browser.call("DELETE", `${HOME}/totp`)).status, 204);
    // The last factor: the door is as before.
    assert.deepEqual((await read(browser)).secondStep, { on: false, required: false });
    world.advance(15 * MINUTE);
    assert.equal((await browser.call("POST", "/api/v1/me/keyring/slots", { json: slot() })).status, 201);
  });

  test("A2: a passkey is a second step when its member says so, and then a link alone no longer signs in", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    const on = { json: { on: true } };
    assert.equal((await browser.call("PUT", `${HOME}/second-step`, on)).code, "conflict", "nothing to make it with");
    const { key } = await addPasskey(browser, world);
    assert.equal((await browser.call("PUT", `${HOME}/second-step`, on)).status, 204);
    const half = await halfSignedIn(world, world.owner);
    const lost = { json: key.answer(await askFor(world.visitor(), REQUESTS), world.origin) };
    assert.equal((await half.call("POST", `${STEP}/passkeys`, lost)).code, "passkey_refused", "of another door");
    const right = { json: key.answer(await askFor(half, `${STEP}/passkey-requests`), world.origin) };
    assert.equal((await half.call("POST", `${STEP}/passkeys`, right)).status, 201);
  });

  test("P19, A2: where the organisation wants a second step, who has none makes one at the next sign-in", async (t) => {
    const world = await createWorld(t);
    const member = await newMemberWhoMust(world);
    const half = await halfSignedIn(world, member);
    const due = (await half.call("GET", STEP)).json<SecondStep>();
    assert.deepEqual([due.factors, due.enrol, due.enrolBy], [[], true, ["passkey", "totp", "sms"]]);
    assert.equal((await step(half, "recovery", "AAAAA-AAAAA")).code, "wrong_code");
    const { secret, uri } = (await half.call("POST", `${STEP}/totp`)).json<TotpOffer>();
    assert.ok(uri.startsWith("otpauth://totp/Strict:") && uri.includes(secret));
    assert.equal((await step(half, "totp", "123")).code, "wrong_code");
    assert.equal((await half.call("GET", "/api/v1/me")).code, "not_signed_in");
    assert.equal((await step(half, "totp", appCode(secret, world.now()))).status, 201);
    assert.deepEqual((await read(half)).secondStep, { on: true, required: true });
    assert.equal((await half.call("PUT", `${HOME}/second-step`, { json: { on: false } })).code, "conflict");
    assert.equal((await half.call("POST", `${HOME}/recovery-codes`)).status, 201, "no second asking");
    world.advance(MINUTE);
    const again = await halfSignedIn(world, member);
    assert.equal((await again.call("POST", `${STEP}/totp`)).code, "conflict", "no second app by mailbox alone");
    assert.equal((await step(again, "totp", appCode(secret, world.now()))).status, 201);
  });

  test("P19, A2: who has none may make one of a passkey or a number instead; once there is one the mailbox adds no other", async (t) => {
    const world = await createWorld(t);
    const strict = await newMemberWhoMust(world);
    const half = await halfSignedIn(world, strict);
    const late = await halfSignedIn(world, strict);
    const key = softwarePasskey();
    const make = async (by: Person) =>
      key.create((await by.call("POST", `${STEP}/passkey-creations`)).json<PasskeyCreation>(), world.origin);
    const foreign = { json: await make(late) };
    assert.equal((await half.call("POST", `${STEP}/new-passkeys`, foreign)).code, "passkey_refused", "of another step");
    const made = { json: await make(half) };
    const both = await Promise.all([1, 2].map(() => half.call("POST", `${STEP}/new-passkeys`, made)));
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [201, 401], "twice at once");
    const number = newNumber();
    assert.equal((await late.call("POST", `${STEP}/new-passkeys`, foreign)).code, "conflict");
    assert.equal((await late.call("POST", `${STEP}/sms`, { json: { number } })).code, "conflict");
    assert.deepEqual((await late.call("GET", STEP)).json<SecondStep>().factors, ["passkey"]);
    assert.equal((await late.call("POST", `${STEP}/passkey-creations`)).code, "conflict");
    await t.waitFor(async () => {
      assert.ok((await subjects(world, strict.address)).some((subject) => /passkey was added/i.test(subject)));
    }, PATIENCE);

    const other = await newMemberWhoMust(world);
    const second = await halfSignedIn(world, other);
    const mine = newNumber();
    const code = await askSms(second, world, `${STEP}/sms`, mine, { number: mine });
    const put = (given: object) => second.call("PUT", `${STEP}/sms`, { json: { number: mine, code, ...given } });
    assert.equal((await put({ code: code === "000000" ? "111111" : "000000" })).code, "wrong_code");
    assert.equal((await put({ number: newNumber() })).code, "wrong_code", "it went to another number");
    assert.equal((await put({})).status, 201);
    assert.equal((await read(second)).sms.number, mine);
    assert.equal((await put({})).code, "not_signed_in");

    const third = await newMemberWhoMust(world);
    const settings = JSON.stringify({
      secondFactorRequired: { value: true, locked: true },
      secondFactorSms: { value: false, locked: true },
    });
    await world.server.services.db.write((tx) =>
      tx.updateTable("policies").set({ settings }).where("organisation_id", "=", third.organisationId).execute(),
    );
    const without = await halfSignedIn(world, third);
    assert.deepEqual((await without.call("GET", STEP)).json<SecondStep>().enrolBy, ["passkey", "totp"]);
    assert.equal((await without.call("POST", `${STEP}/sms`, { json: { number } })).code, "policy_refused");
  });

  test("A2: the app's secret is in the database only sealed, and an offer that was never confirmed counts for nothing", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    const offer = (await browser.call("POST", `${HOME}/totp`)).json<TotpOffer>();
    assert.match(offer.secret, /^[A-Z2-7]{32}$/);
    assert.equal((await read(browser)).totp, null);
    const confirm = { json: { kind: "totp", code: appCode(offer.secret, world.now()) } };
    assert.equal((await browser.call("POST", `${HOME}/confirmations/code`, confirm)).code, "wrong_code");
    const second = (await browser.call("POST", `${HOME}/totp`)).json<TotpOffer>();
    const put = (secret: string) =>
      browser.call("PUT", `${HOME}/totp`, { json: { code: appCode(secret, world.now()) } });
    assert.equal((await put(offer.secret)).code, "wrong_code", "the first offer was replaced");
    assert.equal((await put(second.secret)).status, 204);
    const kept = await databaseBytes(world);
    assert.ok(!kept.includes(second.secret));
  });
});
