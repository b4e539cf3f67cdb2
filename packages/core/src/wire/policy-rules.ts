/**
 * What a message or a password breaks of the settings that hold for its sender (P2 to P6, P11, P12). Decided here once: the server refuses by
 * it, pages and programs ask it before they send. No clock: moments are given.
 */
import type { Language, NotifyMe, Protect } from "./choices.ts";
import type { Delivery } from "./envelope.ts";
import type { Policies, PolicyName, Setting } from "./policies.ts";

const HOUR_MS = 3_600_000;
/** Devices' clocks differ from the server's by so much. */
const CLOCK_TOLERANCE_MS = 10 * 60_000;

/** What of a grant the rules look at. */
export interface RuledGrant {
  readonly password: boolean;
  readonly sms: boolean;
  readonly openings: number;
  /** Absent: not chosen. */
  readonly language?: Language;
  readonly delivery: Delivery;
}
/** What of a message the rules look at; absent is what a later change does not touch. */
export interface RuledMessage {
  readonly grants: readonly RuledGrant[];
  /** A grant that has more openings than before: the rest of it stays as it was sent. */
  readonly reopened?: Pick<RuledGrant, "password" | "sms" | "openings">;
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
  const { reopened, expiresAtMs, notify, protect } = message;
  const tooMany = reopened === undefined ? null : exceededOpenings(policies, reopened);
  if (tooMany !== null) return tooMany;
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
  const tooMany = exceededOpenings(policies, grant);
  if (tooMany !== null) return tooMany;
  if (grant.delivery === "link" && !policies.deliveryLink.value) return "deliveryLink";
  if (grant.delivery === "sms" && !policies.deliverySms.value) return "deliverySms";
  // not named: the server takes one that the settings allow
  if (grant.language === undefined) return null;
  if (!policies.recipientLanguages.value.includes(grant.language)) return "recipientLanguages";
  const theirs = policies.recipientLanguage;
  if (theirs.locked && grant.language !== theirs.value) return "recipientLanguage";
  return null;
}

/** P3: the lock that so many openings exceed. */
function exceededOpenings(policies: Policies, { password, sms, openings }: NonNullable<RuledMessage["reopened"]>) {
  const allowed = password || sms ? "openingsWithFactor" : "openings";
  return policies[allowed].locked && openings > policies[allowed].value ? allowed : null;
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
