/** Passkeys, through the doors of a real server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Account, PasskeyCreation, Security } from "@pli/core/wire";
import { addPasskey, askFor } from "../../testing/factor-acts.ts";
import type { Person } from "../../testing/http.ts";
import { onBothProfiles } from "../../testing/profiles.ts";
import { type Lies, softwarePasskey } from "../../testing/software-passkey.ts";

const MINUTE = 60_000;
const HOME = "/api/v1/me/security";
const REQUESTS = "/api/v1/sign-in/passkey-requests";
const ENTER = "/api/v1/sign-in/passkeys";

const read = async (by: Person) => (await by.call("GET", HOME)).json<Security>();

onBothProfiles(({ createWorld }) => {
  test("A1: a passkey signs in without an address, is listed with its last use, and signs in no more when removed", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    const { key, view } = await addPasskey(browser, world);
    assert.deepEqual([view.name, view.lastUsedAt, view.synced], ["Test key", null, false]);
    const visitor = world.visitor();
    const request = await askFor(visitor, REQUESTS);
    assert.deepEqual([request.rpId, request.allow], ["localhost", []]);
    const entered = await visitor.call("POST", ENTER, { json: key.answer(request, world.origin) });
    assert.equal(entered.status, 201);
    assert.equal(entered.json<Account>().address, world.owner.address);
    assert.match(String(entered.headers["set-cookie"]), /__Host-pli-session=[\w-]{43}; .*HttpOnly; Secure/);
    assert.equal((await visitor.call("GET", "/api/v1/me")).status, 200);
    const [listed] = (await read(visitor)).passkeys;
    assert.ok(listed?.lastUsedAt);
    assert.notEqual((await read(visitor)).confirmedUntil, null, "it was two factors");
    assert.equal((await visitor.call("DELETE", `${HOME}/passkeys/${view.passkeyId}`)).status, 204);
    const json = key.answer(await askFor(visitor, REQUESTS), world.origin);
    assert.equal((await visitor.call("POST", ENTER, { json })).code, "passkey_refused");
  });

  test("A1: whatever is not right about an answer is refused alike; each challenge works once, for five minutes", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    const { key } = await addPasskey(browser, world);
    const enter = (json: object) => world.visitor().call("POST", ENTER, { json });
    const ask = () => askFor(world.visitor(), REQUESTS);
    const confirming = await askFor(browser, `${HOME}/confirmation-requests`);
    const lies: readonly Lies[] = [
      { origin: "https://evil.example" },
      { rpId: "evil.example" },
      { type: "webauthn.create" },
      { verified: false },
      { counter: 0 },
      { challenge: Buffer.alloc(40).toString("base64url") },
      { challenge: confirming.challenge },
    ];
    const codes = new Set<string>();
    for (const lie of lies) {
      const answer = await enter(key.answer(await ask(), world.origin, lie));
      assert.equal(answer.status, 403, JSON.stringify(lie));
      codes.add(answer.code ?? "");
    }
    const unknown = softwarePasskey();
    codes.add((await enter(unknown.answer(await ask(), world.origin))).code ?? "");
    const honest = key.answer(await ask(), world.origin);
    codes.add((await enter({ ...honest, credentialId: unknown.credentialId })).code ?? "");
    codes.add((await enter({ ...honest, signature: unknown.answer(await ask(), world.origin).signature })).code ?? "");
    codes.add((await enter({ ...honest, userHandle: "AAAA" })).code ?? "");
    assert.deepEqual([...codes], ["passkey_refused"]);
    const answers = await Promise.all(Array.from({ length: 8 }, () => enter(honest)));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1, "one of eight at once");
    assert.equal((await enter(honest)).code, "passkey_refused");
    // A copy of the key: other challenges, the same counter.
    const counter = 50;
    const asked = await Promise.all(Array.from({ length: 8 }, ask));
    const copies = await Promise.all(asked.map((one) => enter(key.answer(one, world.origin, { counter }))));
    assert.equal(copies.filter(({ status }) => status === 201).length, 1, "one of eight with one counter");
    const late = key.answer(await ask(), world.origin, { counter: 51 });
    world.advance(5 * MINUTE);
    assert.equal((await enter(late)).code, "passkey_refused");
    assert.equal(
      (await enter(key.answer(await ask(), world.origin, { counter: 51 }))).status,
      201,
      "the key itself is well",
    );
  });

  test("A1: a passkey that does not count, as synced ones are, answers each challenge once, at once or later", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    const key = softwarePasskey();
    const offered = (await browser.call("POST", `${HOME}/passkey-creations`)).json<PasskeyCreation>();
    const json = key.create(offered, world.origin, { counter: 0 });
    assert.equal((await browser.call("POST", `${HOME}/passkeys`, { json })).status, 201);
    const enter = (answer: object) => world.visitor().call("POST", ENTER, { json: answer });
    const ask = async () => key.answer(await askFor(world.visitor(), REQUESTS), world.origin, { counter: 0 });
    const honest = await ask();
    const answers = await Promise.all(Array.from({ length: 8 }, () => enter(honest)));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1, "one of eight at once");
    assert.equal((await enter(honest)).code, "passkey_refused");
    assert.equal((await enter(await ask())).status, 201);
  });

  test("A1: a passkey is added once, for whom it was offered, and at most twenty of them", async (t) => {
    const world = await createWorld(t);
    const browser = await world.newSession(world.owner);
    const other = await world.newSession(world.colleague);
    const offered = (await browser.call("POST", `${HOME}/passkey-creations`)).json<PasskeyCreation>();
    assert.deepEqual([offered.userName, offered.rpId], [world.owner.address, "localhost"]);
    const json = softwarePasskey().create(offered, world.origin);
    const add = (by: Person, made: object) => by.call("POST", `${HOME}/passkeys`, { json: made });
    assert.equal((await add(other, json)).code, "passkey_refused", "the challenge is the owner's");
    const all = await Promise.all(Array.from({ length: 4 }, () => add(browser, json)));
    assert.equal(all.filter(({ status }) => status === 201).length, 1);
    for (const lie of [{ verified: false }, { rpId: "evil.example" }, { origin: "https://evil.example" }]) {
      const again = (await browser.call("POST", `${HOME}/passkey-creations`)).json<PasskeyCreation>();
      assert.equal((await add(browser, softwarePasskey().create(again, world.origin, lie))).code, "passkey_refused");
    }
    const named = (await browser.call("POST", `${HOME}/passkey-creations`)).json<PasskeyCreation>();
    const { credentialId } = softwarePasskey();
    const otherwise = { ...softwarePasskey().create(named, world.origin), credentialId };
    assert.equal((await add(browser, otherwise)).code, "passkey_refused", "two names of one key");
    for (let count = 1; count < 20; count++) await addPasskey(browser, world);
    const full = (await browser.call("POST", `${HOME}/passkey-creations`)).json<PasskeyCreation>();
    assert.equal(full.exclude.length, 20);
    assert.equal((await add(browser, softwarePasskey().create(full, world.origin))).code, "limit_reached");
    const [first] = (await read(browser)).passkeys;
    const path = `${HOME}/passkeys/${first?.passkeyId}`;
    assert.equal((await other.call("DELETE", path)).code, "not_found");
    assert.equal((await other.call("PATCH", path, { json: { name: "Mine" } })).code, "not_found");
    assert.equal((await browser.call("PATCH", path, { json: { name: "Phone" } })).status, 204);
    assert.equal((await read(browser)).passkeys[0]?.name, "Phone");
  });
});
