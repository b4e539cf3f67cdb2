/** A stolen session against the ways in (A2) and the rules of the organisation (P19): it shows nothing, so it changes nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FactorCodeSent, OrganisationPolicies, Security } from "@pli/core/wire";
import { waitForText } from "../../testing/blind-sender.ts";
import { addPasskey, askFor, newNumber } from "../../testing/factor-acts.ts";
import type { Person } from "../../testing/http.ts";
import { onBothProfiles } from "../../testing/profiles.ts";
import type { World } from "../../testing/world.ts";

const MINUTE = 60_000;
const HOME = "/api/v1/me/security";
const RULES = "/api/v1/organisation/policies";

async function mailCode(by: Person, world: World, address: string): Promise<string> {
  const asked = await by.call("POST", `${HOME}/confirmation-codes`, { json: { by: "mail" } });
  assert.equal(asked.status, 202, asked.code ?? "");
  const { reference } = asked.json<FactorCodeSent>();
  return await waitForText(world, address, new RegExp(`(?=[^]*${reference})[^]*?(\\d{4} ?\\d{4})`));
}

onBothProfiles(({ createWorld }) => {
  test("A2: a stolen session of an account with a passkey alone adds no factor and removes no passkey", async (t) => {
    const world = await createWorld(t);
    const owner = await world.newSession(world.owner);
    const { key, view } = await addPasskey(owner, world);
    world.advance(16 * MINUTE);
    // The thief has the cookie, and neither the passkey nor the mailbox.
    const stolen = owner;
    const attempts = [
      ["POST", `${HOME}/totp`, undefined],
      ["PUT", `${HOME}/totp`, { code: "123456" }],
      ["POST", `${HOME}/sms`, { number: newNumber() }],
      ["PUT", `${HOME}/sms`, { number: newNumber(), code: "123456" }],
      ["POST", `${HOME}/passkey-creations`, undefined],
      ["DELETE", `${HOME}/passkeys/${view.passkeyId}`, undefined],
      ["PUT", `${HOME}/second-step`, { on: true }],
      ["PUT", `${HOME}/replies`, { on: true }],
      ["POST", `${HOME}/recovery-codes`, undefined],
    ] as const;
    const refused = async (why: string) => {
      for (const [method, path, json] of attempts) {
        const answer = await stolen.call(method, path, json === undefined ? {} : { json });
        assert.equal(answer.code, "second_factor_required", `${why}: ${method} ${path}`);
      }
    };
    await refused("nothing shown");
    const other = await world.newSession(world.colleague);
    const { key: theirs } = await addPasskey(other, world);
    const json = theirs.answer(await askFor(stolen, `${HOME}/confirmation-requests`), world.origin);
    assert.equal((await stolen.call("POST", `${HOME}/confirmations/passkey`, { json })).code, "passkey_refused");
    // A code that the mailbox was sent for another session, and one that was guessed.
    const elsewhere = await world.newSession(world.owner);
    const code = await mailCode(elsewhere, world, world.owner.address);
    const confirm = (by: Person, typed: string) =>
      by.call("POST", `${HOME}/confirmations/code`, { json: { kind: "mail", code: typed } });
    assert.equal((await confirm(stolen, code)).code, "wrong_code");
    await refused("another session's code");
    assert.equal((await stolen.call("GET", HOME)).json<Security>().passkeys.length, 1);

    assert.equal((await confirm(elsewhere, code)).status, 204, "its own");
    assert.equal((await elsewhere.call("POST", `${HOME}/totp`)).status, 201);
    const touch = key.answer(await askFor(stolen, `${HOME}/confirmation-requests`), world.origin);
    assert.equal((await stolen.call("POST", `${HOME}/confirmations/passkey`, { json: touch })).status, 204);
    assert.equal((await stolen.call("DELETE", `${HOME}/passkeys/${view.passkeyId}`)).status, 204, "whoever has it may");
  });

  test("A2: the first factor asks for the mailbox: a link just followed, or a code; where a second step is on, neither is enough", async (t) => {
    const world = await createWorld(t);
    const fresh = await world.newSession(world.owner);
    world.advance(16 * MINUTE);
    assert.equal((await fresh.call("POST", `${HOME}/passkey-creations`)).code, "second_factor_required");
    assert.deepEqual((await fresh.call("GET", HOME)).json<Security>().confirmBy, ["mail"]);
    const code = await mailCode(fresh, world, world.owner.address);
    const json = { kind: "mail", code };
    const all = await Promise.all(
      Array.from({ length: 4 }, () => fresh.call("POST", `${HOME}/confirmations/code`, { json })),
    );
    assert.equal(all.filter(({ status }) => status === 204).length, 1, "one of four at once");
    const { confirmedUntil } = (await fresh.call("GET", HOME)).json<Security>();
    assert.equal(confirmedUntil, null, "the mailbox is no second factor");
    const slow = await world.newSession(world.owner);
    world.advance(MINUTE);
    const tooLate = await mailCode(slow, world, world.owner.address);
    await addPasskey(fresh, world);
    assert.equal((await fresh.call("PUT", `${HOME}/second-step`, { json: { on: true } })).status, 204);
    const outdated = { kind: "mail", code: tooLate };
    const since = await slow.call("POST", `${HOME}/confirmations/code`, { json: outdated });
    assert.equal(since.code, "wrong_code", "of before the second step");
    const justSignedIn = await world.newSession(world.owner);
    assert.equal((await justSignedIn.call("POST", `${HOME}/totp`)).code, "second_factor_required");
    const byMail = await justSignedIn.call("POST", `${HOME}/confirmation-codes`, { json: { by: "mail" } });
    assert.equal(byMail.code, "conflict");
    world.advance(11 * MINUTE);
    const late = await world.newSession(world.colleague);
    const old = await mailCode(late, world, world.colleague.address);
    world.advance(11 * MINUTE);
    const answer = await late.call("POST", `${HOME}/confirmations/code`, { json: { kind: "mail", code: old } });
    assert.equal(answer.code, "wrong_code", "ten minutes");
  });

  test("P15, A2: an owner who has a factor shows it before the organisation's rules change; who has none is not asked", async (t) => {
    const world = await createWorld(t);
    const { db } = world.server.services;
    await db.write((tx) =>
      tx.updateTable("members").set({ role: "owner" }).where("member_id", "=", world.owner.memberId).execute(),
    );
    const browser = await world.newSession(world.owner);
    const version = async () => (await browser.call("GET", RULES)).json<OrganisationPolicies>().version;
    const change = async (value: boolean) =>
      browser.call("PUT", RULES, { json: { version: await version(), policies: { chat: { value, locked: true } } } });
    world.advance(16 * MINUTE);
    assert.equal((await change(false)).status, 200, "no factor");
    const code = await mailCode(browser, world, world.owner.address);
    await browser.call("POST", `${HOME}/confirmations/code`, { json: { kind: "mail", code } });
    const { key } = await addPasskey(browser, world);
    world.advance(16 * MINUTE);
    assert.equal((await change(true)).code, "second_factor_required");
    assert.equal((await browser.call("GET", RULES)).json<OrganisationPolicies>().policies.chat.value, false);
    const byToken = { version: await version(), policies: {} };
    const refused = await world.owner.call("PUT", RULES, { json: byToken });
    assert.equal(refused.code, "second_factor_required");
    assert.deepEqual(refused.json<{ details?: object }>().details, { state: "token" });
    const json = key.answer(await askFor(browser, `${HOME}/confirmation-requests`), world.origin);
    assert.equal((await browser.call("POST", `${HOME}/confirmations/passkey`, { json })).status, 204);
    assert.equal((await change(true)).status, 200);
  });
});
