/**
 * From what an organisation and a member chose to what holds (P2 to P6, P12, P15): by the table of settings, in one place. What a message or a
 * password then breaks is said in policy-rules.ts.
 */
import { LANGUAGES, type Language, type MessageDefaults } from "./choices.ts";
import {
  POLICIES,
  POLICY_NAMES,
  type Policies,
  type PolicyChoices,
  type PolicyName,
  type Setting,
} from "./policies.ts";

/** Languages that an organisation does not name are each member's own affair. */
const ADAPTS: readonly PolicyName[] = ["memberLanguage", "recipientLanguage"];

/** All settings of an organisation: what it chose, else the product's own. Locked is what binds always, and with `settingsLocked` everything. */
export function organisationPolicies(chosen: PolicyChoices): Policies {
  const all = chosen.settingsLocked?.value ?? POLICIES.settingsLocked.product;
  const house = Object.fromEntries(
    POLICY_NAMES.map((name): [PolicyName, Setting<unknown>] => {
      const own = chosen[name];
      const { product, binds } = POLICIES[name];
      const locked = binds === "always" || (own === undefined ? all && !ADAPTS.includes(name) : all || own.locked);
      return [name, { value: own?.value ?? product, locked }];
    }),
  ) as unknown as Policies;
  return {
    ...house,
    expiryHours: atMost(house.expiryHours, house.expiryMostHours.value),
    memberLanguage: oneOf(house.memberLanguage, house.memberLanguages.value),
    recipientLanguage: oneOf(house.recipientLanguage, house.recipientLanguages.value),
  };
}

function atMost(setting: Setting<number>, most: number): Setting<number> {
  return setting.value <= most ? setting : { ...setting, value: most };
}

function oneOf(setting: Setting<Language>, allowed: readonly Language[]): Setting<Language> {
  return allowed.includes(setting.value) ? setting : { ...setting, value: allowed[0] ?? "en" };
}

/** What a member chose for themselves. */
export interface OwnChoices {
  readonly language: Language;
  readonly defaults: Partial<MessageDefaults>;
  readonly confirmReplies?: boolean;
}

/**
 * The settings as they hold for a member: the organisation's where they are locked, else the member's own, else the organisation's. Where the
 * organisation names no language for recipients, it is the member's.
 * @param chosen what the organisation set
 */
export function policiesOfMember(chosen: PolicyChoices, own: OwnChoices): Policies {
  const house = organisationPolicies(chosen);
  const { openings, openingsWithFactor, expiryHours, notify, protect, recipientLanguage } = own.defaults;
  const pick = <T>(setting: Setting<T>, mine: T | undefined): Setting<T> =>
    setting.locked || mine === undefined ? setting : { ...setting, value: mine };
  const spoken = house.memberLanguages.value.includes(own.language) ? own.language : undefined;
  const memberLanguage = pick(house.memberLanguage, spoken);
  const theirs = house.recipientLanguage;
  const named = chosen.recipientLanguage === undefined ? { ...theirs, value: memberLanguage.value } : theirs;
  return {
    ...house,
    openings: pick(house.openings, openings),
    openingsWithFactor: pick(house.openingsWithFactor, openingsWithFactor),
    expiryHours: atMost(pick(house.expiryHours, expiryHours), house.expiryMostHours.value),
    notify: pick(house.notify, notify),
    protect: pick(house.protect, protect),
    confirmReplies: pick(house.confirmReplies, own.confirmReplies),
    memberLanguage,
    recipientLanguage: oneOf(pick(named, recipientLanguage), house.recipientLanguages.value),
  };
}

/** What a new message begins with. */
export function defaultsOf(policies: Policies): MessageDefaults {
  const { openings, openingsWithFactor, expiryHours, recipientLanguage, notify, protect } = policies;
  return {
    openings: openings.value,
    openingsWithFactor: openingsWithFactor.value,
    expiryHours: expiryHours.value,
    recipientLanguage: recipientLanguage.value,
    notify: notify.value,
    protect: protect.value,
  };
}

/** Whether a value is one that the setting may have. */
export function isPolicyValue(name: PolicyName, value: unknown): boolean {
  const setting = POLICIES[name];
  switch (setting.kind) {
    case "flag":
      return typeof value === "boolean";
    case "count":
      return Number.isInteger(value) && (value as number) >= setting.least && (value as number) <= setting.most;
    case "choice":
      return (setting.of as readonly unknown[]).includes(value);
    case "choices":
      return (
        Array.isArray(value) &&
        value.length > 0 &&
        new Set(value).size === value.length &&
        value.every((one) => (LANGUAGES as readonly unknown[]).includes(one))
      );
  }
}

/** A setting that contradicts another one, by the name to say it at; null when all fit. What is not chosen adapts itself. */
export function contradiction(chosen: PolicyChoices): PolicyName | null {
  const house = organisationPolicies(chosen);
  if ((chosen.expiryHours?.value ?? 0) > house.expiryMostHours.value) return "expiryHours";
  const { recipientLanguage: theirs, memberLanguage: ours } = chosen;
  if (theirs !== undefined && !house.recipientLanguages.value.includes(theirs.value)) return "recipientLanguage";
  if (ours !== undefined && !house.memberLanguages.value.includes(ours.value)) return "memberLanguage";
  return null;
}
