/** What settings come to (P2 to P6, P12, P15), for any settings: what a member starts from is always allowed, and less protection never. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  brokenPasswordRules,
  brokenRule,
  contradiction,
  defaultsOf,
  isPolicyValue,
  LANGUAGES,
  organisationPolicies,
  POLICIES,
  POLICY_NAMES,
  type PolicyChoices,
  policiesOfMember,
} from "@pli/core/wire";
import fc from "fast-check";

const HOUR_MS = 3_600_000;
const NOW_MS = Date.parse("2026-11-23T10:00:00Z");

function anyValue(name: (typeof POLICY_NAMES)[number]): fc.Arbitrary<unknown> {
  const setting = POLICIES[name];
  switch (setting.kind) {
    case "flag":
      return fc.boolean();
    case "count":
      return fc.integer({ min: setting.least, max: setting.most });
    case "choice":
      return fc.constantFrom<unknown>(...setting.of);
    case "choices":
      return fc.subarray([...setting.of], { minLength: 1 });
  }
}
/** Any set of settings that the server would keep. */
const chosen = fc
  .record(
    Object.fromEntries(POLICY_NAMES.map((name) => [name, fc.record({ value: anyValue(name), locked: fc.boolean() })])),
    { requiredKeys: [] },
  )
  .map((one) => one as PolicyChoices)
  .filter((one) => contradiction(one) === null);
const own = fc.record({
  language: fc.constantFrom(...LANGUAGES),
  defaults: fc.record(
    {
      openings: fc.integer({ min: 1, max: 99 }),
      openingsWithFactor: fc.integer({ min: 1, max: 99 }),
      expiryHours: fc.integer({ min: 1, max: 720 }),
      recipientLanguage: fc.constantFrom(...LANGUAGES),
      notify: fc.constantFrom("first" as const, "each" as const, "never" as const),
      protect: fc.constantFrom("message" as const, "attachments" as const),
    },
    { requiredKeys: [] },
  ),
});

test("P2/P3/P5/P6/P12: a message as its sender's defaults make it, with the factors that are required, breaks no rule", () => {
  fc.assert(
    fc.property(chosen, own, fc.boolean(), (settings, mine, extra) => {
      const policies = policiesOfMember(settings, mine);
      const { openings, openingsWithFactor, expiryHours, recipientLanguage, notify, protect } = defaultsOf(policies);
      const required = (name: "passwordRequired" | "smsRequired") => policies[name].locked && policies[name].value;
      const [password, sms] = [required("passwordRequired") || extra, required("smsRequired")];
      const grant = {
        password,
        sms,
        openings: password || sms ? openingsWithFactor : openings,
        language: recipientLanguage,
        delivery: "mail" as const,
      };
      const message = { grants: [grant], expiresAtMs: NOW_MS + expiryHours * HOUR_MS, notify, protect };
      assert.equal(brokenRule(policies, message, NOW_MS), null);
      // One setting that is locked, exceeded: refused by its name.
      if (policies.openings.locked && !grant.password && !grant.sms) {
        const more = { ...message, grants: [{ ...grant, openings: openings + 1 }] };
        assert.equal(brokenRule(policies, more, NOW_MS), "openings");
        const reopened = { password: false, sms: false, openings: openings + 1 };
        assert.equal(brokenRule(policies, { grants: [], reopened }, NOW_MS), "openings");
        assert.equal(brokenRule(policies, { grants: [], reopened: { ...reopened, openings } }, NOW_MS), null);
      }
      const longer = { ...message, expiresAtMs: NOW_MS + (policies.expiryMostHours.value + 1) * HOUR_MS };
      assert.equal(brokenRule(policies, longer, NOW_MS), "expiryMostHours");
      if (lackingIsCertain(policies)) {
        const bare = { ...message, grants: [{ ...grant, password: false, sms: false }] };
        assert.notEqual(brokenRule(policies, bare, NOW_MS), null);
      }
    }),
  );
});

function lackingIsCertain(policies: ReturnType<typeof policiesOfMember>): boolean {
  return [policies.passwordRequired, policies.smsRequired].some(({ value, locked }) => value && locked);
}

test("P2, P11: both factors or one of them, and only the ways to send that are allowed", () => {
  const on = { value: true, locked: true };
  const held = (choices: PolicyChoices) => policiesOfMember(choices, { language: "en", defaults: {} });
  const broken = (
    choices: PolicyChoices,
    password: boolean,
    sms: boolean,
    delivery: "mail" | "sms" | "link" = "mail",
  ) => brokenRule(held(choices), { grants: [{ password, sms, openings: 1, delivery }] }, NOW_MS);
  const either = { passwordRequired: on, smsRequired: on, factorsWhenBoth: { value: "or", locked: true } } as const;
  const both = { ...either, factorsWhenBoth: { value: "and", locked: true } } as const;
  assert.deepEqual(
    [broken(either, true, false), broken(either, false, true), broken(either, false, false)],
    [null, null, "passwordRequired"],
  );
  assert.deepEqual(
    [broken(both, true, false), broken(both, false, true), broken(both, true, true)],
    ["smsRequired", "passwordRequired", null],
  );
  const off = { value: false, locked: true };
  assert.equal(broken({ deliverySms: off }, false, false, "sms"), "deliverySms");
  assert.equal(broken({ deliveryLink: off }, false, false, "link"), "deliveryLink");
  assert.equal(broken({ deliverySms: off }, false, false, "link"), null);
});

test("P15: locked is the organisation's value whatever a member chose; with everything locked nothing is a member's", () => {
  fc.assert(
    fc.property(chosen, own, (settings, mine) => {
      const house = organisationPolicies(settings);
      const held = policiesOfMember(settings, mine);
      for (const name of POLICY_NAMES) {
        assert.ok(isPolicyValue(name, held[name].value), name);
        // A language that the organisation does not name is the member's own affair.
        if (house[name].locked && settings[name] !== undefined) assert.deepEqual(held[name], house[name], name);
        if (POLICIES[name].binds === "always") assert.ok(held[name].locked, name);
      }
      if (!house.settingsLocked.value) return;
      const free = POLICY_NAMES.filter((name) => !house[name].locked);
      assert.deepEqual(
        free.filter((name) => settings[name] !== undefined),
        [],
      );
    }),
  );
});

test("P4: a password is held against the rules that are locked, a proposed one against all of them", () => {
  const rules = (locked: boolean) =>
    organisationPolicies({
      passwordLength: { value: 12, locked },
      passwordUpper: { value: true, locked },
      passwordDigits: { value: true, locked },
      passwordSpecial: { value: true, locked },
    });
  assert.deepEqual(brokenPasswordRules(rules(true), "élan"), [
    "passwordLength",
    "passwordUpper",
    "passwordDigits",
    "passwordSpecial",
  ]);
  assert.deepEqual(brokenPasswordRules(rules(true), "Élan-vital-42"), []);
  assert.deepEqual(brokenPasswordRules(rules(false), "a"), []);
  assert.equal(brokenPasswordRules(rules(false), "a", true).length, 4);
  // Characters are counted as people count them: an e with its accent is one, composed or not.
  assert.deepEqual(brokenPasswordRules(rules(true), "E\u0301l-an-4-vit"), ["passwordLength"]);
});
