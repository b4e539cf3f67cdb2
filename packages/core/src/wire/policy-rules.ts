/**
 * What the settings of an organisation come to (P2 to P6, P11, P12, P15): for one member, for one message, for one password. Decided here once:
 * the server refuses by it, pages and programs ask it before they send. No clock: moments are given.
 */
import { LANGUAGES, type Language, type MessageDefaults, type NotifyMe, type Protect } from "./choices.ts";
import type { Delivery } from "./envelope.ts";
import {
  POLICIES,
  POLICY_NAMES,
  type Policies,
  type PolicyChoices,
  type PolicyName,
  type Setting,
} from "./policies.ts";

const HOUR_MS = 3_600_000;
/** Devices' clocks differ from the server's by so much. */
const CLOCK_TOLERANCE_MS = 10 * 60_000;

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

/** What of a grant the rules look at. */
export interface RuledGrant {
  readonly password: boolean;
  readonly sms: boolean;
  readonly openings: number;
  readonly language: Language;
  readonly delivery: Delivery;
}
/** What of a message the rules look at; absent is what a later change does not touch. */
export interface RuledMessage {
  readonly grants: readonly RuledGrant[];
  readonly expiresAtMs?: number;
  readonly notify?: NotifyMe;
  readonly protect?: Protect;
}

/**
 * The rule that a message breaks, the first one; null when it may go. Only rules that bind are looked at, and what protects better than a rule
 * asks breaks none.
 */
export function brokenRule(policies: Policies, message: RuledMessage, nowMs: number): PolicyName | null {
  for (const grant of message.grants) {
    const broken = brokenByGrant(policies, grant);
    if (broken !== null) return broken;
  }
  const { expiresAtMs, notify, protect } = message;
  if (expiresAtMs !== undefined) {
    const hours = (expiresAtMs - nowMs - CLOCK_TOLERANCE_MS) / HOUR_MS;
    if (hours > policies.expiryMostHours.value) return "expiryMostHours";
    if (policies.expiryHours.locked && hours > policies.expiryHours.value) return "expiryHours";
  }
  if (notify !== undefined && policies.notify.locked && notify !== policies.notify.value) return "notify";
  if (protect === "attachments" && policies.protect.locked && policies.protect.value === "message") return "protect";
  return null;
}

function brokenByGrant(policies: Policies, grant: RuledGrant): PolicyName | null {
  const lacking = lackingFactor(policies, grant);
  if (lacking !== null) return lacking;
  const allowed = grant.password || grant.sms ? "openingsWithFactor" : "openings";
  if (policies[allowed].locked && grant.openings > policies[allowed].value) return allowed;
  if (grant.delivery === "link" && !policies.deliveryLink.value) return "deliveryLink";
  if (grant.delivery === "sms" && !policies.deliverySms.value) return "deliverySms";
  if (!policies.recipientLanguages.value.includes(grant.language)) return "recipientLanguages";
  const theirs = policies.recipientLanguage;
  if (theirs.locked && grant.language !== theirs.value) return "recipientLanguage";
  return null;
}

/** P2: the factor that is required and missing. */
export function lackingFactor(
  policies: Policies,
  has: { readonly password: boolean; readonly sms: boolean },
): "passwordRequired" | "smsRequired" | null {
  const password = isRequired(policies.passwordRequired);
  const sms = isRequired(policies.smsRequired);
  const either = password && sms && policies.factorsWhenBoth.value === "or";
  if (either && (has.password || has.sms)) return null;
  if (password && !has.password) return "passwordRequired";
  return sms && !has.sms ? "smsRequired" : null;
}

function isRequired(setting: Setting<boolean>): boolean {
  return setting.locked && setting.value;
}

/** What a password may lack (P4). */
export type PasswordRule = "passwordLength" | "passwordUpper" | "passwordLower" | "passwordDigits" | "passwordSpecial";

const HAS: Readonly<Record<Exclude<PasswordRule, "passwordLength">, RegExp>> = {
  passwordUpper: /\p{Lu}/u,
  passwordLower: /\p{Ll}/u,
  passwordDigits: /\p{Nd}/u,
  passwordSpecial: /[^\p{L}\p{M}\p{N}\s]/u,
};

/**
 * The rules that a password breaks.
 * @param all also those that are not locked: what a proposed password must follow
 */
export function brokenPasswordRules(policies: Policies, password: string, all = false): readonly PasswordRule[] {
  const { passwordLength } = policies;
  const short = [...password.normalize("NFC")].length < passwordLength.value && (all || passwordLength.locked);
  const lacking = (Object.keys(HAS) as (keyof typeof HAS)[]).filter(
    (rule) => policies[rule].value && (all || policies[rule].locked) && !HAS[rule].test(password),
  );
  return short ? ["passwordLength", ...lacking] : lacking;
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
