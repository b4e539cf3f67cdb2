/** M16, A3: the keys of received replies are handed out after a second factor alone, at every door. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Envelope, InboxItem, Page, Security, ThreadItem } from "@pli/core/wire";
import { openBlindly, sendBlindly, waitForText } from "./testing/blind-sender.ts";
import { answerBlindly, replyBlindly } from "./testing/blind-thread.ts";
import { addNumber, addPasskey, askFor, askSms } from "./testing/factor-acts.ts";
import type { Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import type { World } from "./testing/world.ts";

const MINUTE = 60_000;
const HOME = "/api/v1/me/security";
const KEY = /"sealedKey":"[\w-]{1500,}"/;

onBothProfiles(({ createWorld }) => {
  async function conversation(world: World) {
    const to = ["anna@courriel.example"];
    const { envelopeId, grants } = await sendBlindly(world, world.owner, { delivery: "link", to, openings: 3 });
    const [anna] = grants;
    assert.ok(anna);
    const device = await openBlindly(world, anna);
    const reply = await replyBlindly(device, anna.grantId);
    const answer = await answerBlindly(world.owner, envelopeId, [anna]);
    const inbox = async (by: Person) => (await by.call("GET", "/api/v1/inbox")).json<Page<InboxItem>>().items;
    const thread = async (by: Person) =>
      (await by.call("GET", `/api/v1/envelopes/${envelopeId}/thread`)).json<Page<ThreadItem>>().items;
    return { envelopeId, reply, answer, inbox, thread };
  }
  const replies = (by: Person, on: boolean) => by.call("PUT", `${HOME}/replies`, { json: { on } });

  test("M16, A3: a protected reply's key waits for the second step, a quarter of an hour, in this session; programs never get it", async (t) => {
    const world = await createWorld(t);
    const { envelopeId, reply, answer, inbox, thread } = await conversation(world);
    const browser = await world.newSession(world.owner);
    assert.ok((await inbox(browser))[0]?.sealedKey, "not protected");
    assert.equal((await replies(browser, true)).code, "conflict", "no factor");
    const number = await addNumber(browser, world);
    assert.equal((await replies(browser, true)).status, 204);
    assert.deepEqual((await browser.call("GET", HOME)).json<Security>().replies, { on: true, locked: false });
    world.advance(14.5 * MINUTE);
    assert.ok((await inbox(browser))[0]?.sealedKey, "shown a moment ago");
    world.advance(1.5 * MINUTE);

    const withheld = async (by: Person, why: "confirm" | "token") => {
      const [item] = await inbox(by);
      assert.deepEqual([item?.envelopeId, item?.sealedKey, item?.keyWithheld], [reply, undefined, why]);
      const said = await thread(by);
      const keys = Object.fromEntries(
        said.map((one) => [one.envelopeId, [one.sealedKey !== undefined, one.keyWithheld]]),
      );
      assert.deepEqual(keys, { [reply]: [false, why], [answer.envelopeId]: [true, undefined] });
    };
    await withheld(browser, "confirm");
    await withheld(world.owner, "token");
    // Every other door that a reader has: none says the key.
    for (const path of [`/api/v1/envelopes/${reply}`, "/api/v1/envelopes", `/api/v1/envelopes/${reply}/thread`]) {
      assert.doesNotMatch((await browser.call("GET", path)).bytes.toString(), KEY, path);
    }
    assert.ok((await browser.call("GET", `/api/v1/envelopes/${envelopeId}`)).json<Envelope>().sealedKey, "my own");
    assert.equal((await replies(browser, false)).code, "second_factor_required");
    assert.equal((await replies(world.owner, false)).code, "second_factor_required", "nor by a token");
    const mail = await browser.call("POST", `${HOME}/confirmation-codes`, { json: { by: "mail" } });
    assert.equal(mail.code, "conflict", "the mailbox is not enough");

    const code = await askSms(browser, world, `${HOME}/confirmation-codes`, number, { by: "sms" });
    const json = { kind: "sms", code };
    assert.equal((await browser.call("POST", `${HOME}/confirmations/code`, { json })).status, 204);
    assert.ok((await inbox(browser))[0]?.sealedKey);
    assert.ok((await thread(browser)).every((one) => one.sealedKey !== undefined));
    await withheld(await world.newSession(world.owner), "confirm");
    assert.equal((await replies(browser, false)).status, 204);
    await waitForText(world, world.owner.address, /(Replies to you are now protected)/);
    await waitForText(world, world.owner.address, /(Replies to you are no longer protected)/);
    assert.ok((await inbox(world.owner))[0]?.sealedKey, "programs read again");
  });

  test("M16: with a passkey and no second step at sign-in, the mailbox alone neither shows replies nor unprotects them", async (t) => {
    const world = await createWorld(t);
    const { inbox } = await conversation(world);
    const browser = await world.newSession(world.owner);
    const { key, view } = await addPasskey(browser, world);
    assert.equal((await replies(browser, true)).status, 204);
    const byLink = await world.newSession(world.owner);
    assert.equal((await inbox(byLink))[0]?.keyWithheld, "confirm");
    assert.equal((await replies(byLink, false)).code, "second_factor_required");
    const removed = await byLink.call("DELETE", `${HOME}/passkeys/${view.passkeyId}`);
    assert.equal(removed.code, "second_factor_required");
    const json = key.answer(await askFor(byLink, `${HOME}/confirmation-requests`), world.origin);
    assert.equal((await byLink.call("POST", `${HOME}/confirmations/passkey`, { json })).status, 204);
    assert.ok((await inbox(byLink))[0]?.sealedKey);
  });

  test("M16, P15: an organisation can settle it: then it cannot be switched off, and who has no factor shows the mailbox", async (t) => {
    const world = await createWorld(t);
    const { inbox } = await conversation(world);
    const settings = JSON.stringify({ confirmReplies: { value: true, locked: true } });
    const { organisationId, memberId } = world.owner;
    const row = { organisation_id: organisationId, version: 1, settings, changed_at_ms: 0, changed_by: memberId };
    await world.server.services.db.write((tx) => tx.insertInto("policies").values(row).execute());
    const browser = await world.newSession(world.owner);
    assert.ok((await inbox(browser))[0]?.sealedKey, "the link was followed just now");
    assert.equal((await replies(browser, false)).code, "policy_refused");
    world.advance(16 * MINUTE);
    assert.equal((await inbox(browser))[0]?.keyWithheld, "confirm");
    assert.equal((await inbox(world.owner))[0]?.keyWithheld, "token");
    const asked = (await browser.call("GET", HOME)).json<Security>();
    assert.deepEqual([asked.confirmBy, asked.replies], [["mail"], { on: true, locked: true }]);
  });
});
