/** The settings of an organisation through their doors (P2 to P6, P11, P12, P15, O10): who sets them, and that the server holds to them. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, beforeEach, describe, test } from "node:test";
import type {
  Account,
  GrantCreation,
  MemberPolicies,
  OrganisationPolicies,
  PolicyChoices,
  SendMessage,
} from "@pli/core/wire";
import { blindGrant, prepareMessage, sendBlindly } from "./testing/blind-sender.ts";
import { type Answer, createPerson, type Person } from "./testing/http.ts";
import { onBothProfiles } from "./testing/profiles.ts";
import { type Member, suiteScope, type World } from "./testing/world.ts";

const PATH = "/api/v1/organisation/policies";
const HOUR_MS = 3_600_000;
const PASSWORD = { salt: randomBytes(16).toString("base64url"), memoryKiB: 65_536, passes: 3, lanes: 1 };
const locked = <T>(value: T) => ({ value, locked: true });
const open = <T>(value: T) => ({ value, locked: false });

function ruleOf(answer: Answer): string | undefined {
  assert.equal(answer.code, "policy_refused", answer.bytes.toString());
  assert.equal(answer.status, 403);
  return answer.json<{ details: { rule?: string } }>().details.rule;
}

onBothProfiles(({ createWorld, startNode }) => {
  describe("policies", () => {
    const scope = suiteScope();
    let world: World;
    let administrator: Member;
    before(async () => {
      world = await createWorld(scope);
      administrator = await world.newMember("administrator");
    });

    const read = async (by: Person = administrator) => (await by.call("GET", PATH)).json<OrganisationPolicies>();
    const put = async (policies: PolicyChoices, by: Person = administrator) =>
      await by.call("PUT", PATH, { json: { version: (await read()).version, policies } });
    const settle = async (policies: PolicyChoices) => {
      const answer = await put(policies);
      assert.equal(answer.status, 200, answer.bytes.toString());
      return answer.json<OrganisationPolicies>();
    };
    const me = async (by: Person) => (await by.call("GET", "/api/v1/me")).json<Account>();
    /** Orders a sending with these changes, as a page that knows nothing of the rules might. */
    const order = async (
      change: Partial<SendMessage>,
      grant: Partial<GrantCreation> = {},
      by: Person = world.owner,
    ) => {
      const { envelopeId, order: whole } = await prepareMessage(world, by, { delivery: "link" });
      const grants = whole.grants.map((one) => ({ ...one, ...grant }));
      const json = { ...whole, grants, ...change };
      return await by.call("POST", `/api/v1/envelopes/${envelopeId}/send`, { json });
    };
    const inHours = (hours: number) => new Date(world.now() + hours * HOUR_MS).toISOString();
    beforeEach(() => settle({}));

    test("O10: an administrator sets, everybody sees what holds for them, and it is written down who changed what", async () => {
      const set = await settle({ openings: locked(2), expiryHours: open(48), notify: open("each") });
      assert.equal(set.changedBy, administrator.address.split("@")[0]);
      assert.deepEqual(set.policies.openings, locked(2));
      assert.deepEqual(await read(), set);
      const seen = (await world.colleague.call("GET", "/api/v1/policies")).json<MemberPolicies>();
      assert.equal(seen.version, set.version);
      assert.deepEqual(seen.policies.openings, locked(2));
      assert.deepEqual(seen.policies.expiryHours, open(48));
      const { defaults, policies } = await me(world.colleague);
      assert.deepEqual(policies, seen.policies);
      assert.deepEqual([defaults.openings, defaults.expiryHours, defaults.notify], [2, 48, "each"]);
      const elsewhere = (await world.stranger.call("GET", "/api/v1/policies")).json<MemberPolicies>();
      assert.equal(elsewhere.version, 0);
      assert.deepEqual(elsewhere.policies.openings, open(1));
      await settle({ openings: open(2), expiryHours: open(48), notify: open("each") });
      const [last] = await world.server.services.db.read
        .selectFrom("administration_log")
        .selectAll()
        .orderBy("entry_id", "desc")
        .limit(1)
        .execute();
      assert.equal(last?.member_id, administrator.memberId);
      assert.deepEqual(JSON.parse(last?.facts ?? ""), { openings: { from: locked(2), to: open(2) } });
    });

    test("O10: of changes at once from two nodes one is kept, and the others are told that it changed", async () => {
      const { version } = await read();
      const other = await startNode(scope, world);
      const token = administrator.headers.authorization?.slice("Bearer ".length) ?? "";
      const there = createPerson(other.url, { token });
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) => {
          const json = { version, policies: { openings: open(at + 1) } };
          return (at % 2 === 0 ? administrator : there).call("PUT", PATH, { json });
        }),
      );
      const kept = answers.filter(({ status }) => status === 200);
      assert.equal(kept.length, 1);
      for (const answer of answers) {
        if (answer.status === 200) continue;
        assert.equal(answer.code, "conflict");
        assert.equal(answer.json<{ details: { state: string } }>().details.state, "changed");
      }
      assert.deepEqual(await read(), kept[0]?.json());
      // What one node was told, the other holds to at once.
      await settle({ passwordRequired: locked(true) });
      const sent = await order({}, {}, { ...world.owner, call: createPerson(other.url, tokenOf(world.owner)).call });
      assert.equal(ruleOf(sent), "passwordRequired");
    });

    test("O10: what is no setting, out of bounds or a contradiction is refused, and nothing changes", async () => {
      const before = await read();
      const wrong: unknown[] = [
        { openings: locked(0) },
        { openings: locked(100) },
        { openings: locked("2") },
        { openings: { value: 2 } },
        { openings: 2 },
        { passwordLength: locked(1_000_000) },
        { recipientLanguages: locked([]) },
        { recipientLanguages: locked(["fr", "fr"]) },
        { recipientLanguages: locked(["xx"]) },
        { notify: locked("sometimes") },
        { unknownSetting: locked(true) },
        { expiryHours: open(48), expiryMostHours: locked(24) },
        { recipientLanguage: open("de"), recipientLanguages: locked(["fr"]) },
        { memberLanguage: open("de"), memberLanguages: locked(["fr"]) },
      ];
      for (const policies of wrong) {
        const answer = await administrator.call("PUT", PATH, { json: { version: before.version, policies } });
        assert.equal(answer.code, "bad_input", JSON.stringify(policies));
      }
      assert.deepEqual(await read(), before);
    });

    test("P2: a required password is required of every recipient, at sending and of one added later", async () => {
      const message = await sendBlindly(world, world.owner, { delivery: "link" });
      await settle({ passwordRequired: locked(true) });
      assert.equal(ruleOf(await order({})), "passwordRequired");
      assert.equal((await order({}, { passwordParams: PASSWORD })).status, 200);
      const path = `/api/v1/envelopes/${message.envelopeId}/grants`;
      const { creation } = blindGrant("late@courriel.example", { delivery: "link" });
      assert.equal(ruleOf(await world.owner.call("POST", path, { json: creation })), "passwordRequired");
      const protectedOne = { ...creation, passwordParams: PASSWORD };
      assert.equal((await world.owner.call("POST", path, { json: protectedOne })).status, 201);
      assert.equal((await order({}, {}, world.stranger)).status, 200, "another organisation's rule");
      // Not locked, it is where a message begins, and no more.
      await settle({ passwordRequired: open(true) });
      assert.equal((await order({})).status, 200);
      // Both, or one of the two.
      await settle({ passwordRequired: locked(true), smsRequired: locked(true), factorsWhenBoth: locked("and") });
      assert.equal(ruleOf(await order({}, { passwordParams: PASSWORD })), "smsRequired");
      await settle({ passwordRequired: locked(true), smsRequired: locked(true), factorsWhenBoth: locked("or") });
      assert.equal((await order({}, { passwordParams: PASSWORD })).status, 200);
      assert.equal(ruleOf(await order({})), "passwordRequired");
    });

    test("P3/M5: locked openings and expiries are the most there may be; less is always allowed", async () => {
      await settle({ openings: locked(2), openingsWithFactor: locked(5), expiryMostHours: locked(100) });
      assert.equal(ruleOf(await order({}, { openings: 3 })), "openings");
      assert.equal((await order({}, { openings: 1 })).status, 200);
      assert.equal((await order({}, { openings: 5, passwordParams: PASSWORD })).status, 200);
      assert.equal(ruleOf(await order({}, { openings: 6, passwordParams: PASSWORD })), "openingsWithFactor");
      assert.equal(ruleOf(await order({ expiresAt: inHours(102) })), "expiryMostHours");
      assert.equal((await order({ expiresAt: inHours(100) })).status, 200);
      await settle({ expiryHours: locked(24) });
      assert.equal(ruleOf(await order({ expiresAt: inHours(26) })), "expiryHours");
      // Prolonging is sending for longer.
      const message = await sendBlindly(world, world.owner, { delivery: "link", expiresInMs: 5 * HOUR_MS });
      const path = `/api/v1/envelopes/${message.envelopeId}/grants/${message.grants[0]?.grantId}`;
      const prolong = (hours: number) => world.owner.call("PATCH", path, { json: { expiresAt: inHours(hours) } });
      assert.equal(ruleOf(await prolong(48)), "expiryHours");
      assert.equal((await prolong(20)).status, 200);
      // So are more openings; fewer than it has are not.
      const reopen = (openingsLeft: number) => world.owner.call("PATCH", path, { json: { openingsLeft } });
      assert.equal((await reopen(9)).status, 200);
      await settle({ openings: locked(2) });
      assert.equal(ruleOf(await reopen(10)), "openings");
      assert.equal((await reopen(5)).status, 200);
      assert.equal((await reopen(1)).status, 200);
      assert.equal(ruleOf(await reopen(3)), "openings");
      assert.equal((await reopen(2)).status, 200);
    });

    test("P6/P11/P12: receipts, links and languages as the organisation has them", async () => {
      await settle({ notify: locked("each"), deliveryLink: locked(false), recipientLanguages: locked(["fr", "nl"]) });
      assert.equal(ruleOf(await order({})), "deliveryLink");
      await settle({ notify: locked("each"), recipientLanguages: locked(["fr", "nl"]) });
      assert.equal(ruleOf(await order({ notify: "each" })), "recipientLanguages");
      assert.equal(ruleOf(await order({ notify: "first" }, { language: "fr" })), "notify");
      assert.equal((await order({ notify: "each" }, { language: "nl" })).status, 200);
      await settle({ recipientLanguage: locked("fr") });
      assert.equal(ruleOf(await order({}, { language: "en" })), "recipientLanguage");
      assert.equal((await order({}, { language: "fr" })).status, 200);
    });

    test("P12/P15: what is locked is no member's to change; what is not stays their own", async () => {
      const member = await world.newMember();
      const patch = (json: unknown) => member.call("PATCH", "/api/v1/me", { json });
      assert.equal((await patch({ language: "de", defaults: { openings: 4, expiryHours: 200 } })).status, 200);
      assert.equal((await me(member)).defaults.openings, 4);
      assert.equal(
        (await me(member)).defaults.recipientLanguage,
        "de",
        "recipients are written to in one's own language",
      );
      await settle({
        openings: locked(2),
        expiryMostHours: locked(72),
        memberLanguages: locked(["fr", "en"]),
        memberLanguage: open("fr"),
      });
      const held = await me(member);
      assert.deepEqual([held.language, held.defaults.openings, held.defaults.expiryHours], ["fr", 2, 72]);
      assert.equal(ruleOf(await patch({ language: "nl" })), "memberLanguages");
      assert.equal(ruleOf(await patch({ defaults: { openings: 3 } })), "openings");
      assert.equal(ruleOf(await patch({ defaults: { expiryHours: 73 } })), "expiryMostHours");
      assert.equal(
        (await patch({ language: "en", defaults: held.defaults })).status,
        200,
        "saying it again is no change",
      );
      await settle({ notify: open("never"), settingsLocked: locked(true) });
      assert.equal(ruleOf(await patch({ defaults: { notify: "each" } })), "notify");
      assert.equal((await me(member)).defaults.openings, 1);
      await settle({});
      assert.equal((await me(member)).defaults.openings, 4, "one's own choice comes back when the lock goes");
    });
  });
});

function tokenOf(person: Person): { token: string } {
  return { token: person.headers.authorization?.slice("Bearer ".length) ?? "" };
}
