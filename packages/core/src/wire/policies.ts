/**
 * What an organisation settles for its members (spec: organisations.md P2 to P6, P11, P12, P15, P16, P19): one table of settings with their
 * kinds, bounds and the product's own values. Servers, pages and programs read the same table; it decides nothing by itself.
 */
import { LANGUAGES, type Language, type NotifyMe, type Protect } from "./choices.ts";
import { LIMITS } from "./limits.ts";

/** Where a password and an SMS code are both required: each of them, or one of the two. */
export const FACTORS_WHEN_BOTH: readonly ("and" | "or")[] = ["and", "or"];
export const NOTIFIES: readonly NotifyMe[] = ["first", "each", "never"];
export const PROTECTS: readonly Protect[] = ["message", "attachments"];

interface Kinds {
  readonly flag: boolean;
  /** A whole number from `least` to `most`. */
  readonly count: number;
  readonly choice: string;
  /** Some of a list, at least one, in the list's order. */
  readonly choices: readonly string[];
}
type SettingOf<Kind extends keyof Kinds, Value extends Kinds[Kind]> = {
  readonly kind: Kind;
  /** Of an organisation that says nothing. */
  readonly product: Value;
  /**
   * - `default`: members may change it unless it is locked.
   * - `always`: it binds everybody as it stands; there is nothing to lock.
   */
  readonly binds: "default" | "always";
} & (Kind extends "count" ? { readonly least: number; readonly most: number } : unknown) &
  (Kind extends "choice" ? { readonly of: readonly Value[] } : unknown) &
  (Kind extends "choices" ? { readonly of: Value } : unknown);

const flag = (product: boolean, binds: "default" | "always"): SettingOf<"flag", boolean> => ({
  kind: "flag",
  product,
  binds,
});
const count = (
  product: number,
  least: number,
  most: number,
  binds: "default" | "always" = "default",
): SettingOf<"count", number> => ({ kind: "count", product, least, most, binds });
const choice = <T extends string>(
  product: T,
  of: readonly T[],
  binds: "default" | "always" = "default",
): SettingOf<"choice", T> => ({ kind: "choice", product, of, binds }) as SettingOf<"choice", T>;
const choices = <T extends string>(of: readonly T[]): SettingOf<"choices", readonly T[]> =>
  ({ kind: "choices", product: of, of, binds: "always" }) as SettingOf<"choices", readonly T[]>;

export const POLICIES = {
  /** P2. Not locked: on at first, and the sender may switch it off. */
  passwordRequired: flag(false, "default"),
  smsRequired: flag(false, "default"),
  factorsWhenBoth: choice<"and" | "or">("and", FACTORS_WHEN_BOTH, "always"),
  /** P3. Locked numbers are the most there may be: what protects better is never refused. */
  openings: count(LIMITS.openingsDefault, LIMITS.openingsMin, LIMITS.openingsMax),
  openingsWithFactor: count(LIMITS.openingsDefaultWithFactor, LIMITS.openingsMin, LIMITS.openingsMax),
  expiryHours: count(LIMITS.expiryDefaultHours, LIMITS.expiryMinHours, LIMITS.expiryMaxHours),
  expiryMostHours: count(LIMITS.expiryMaxHours, LIMITS.expiryMinHours, LIMITS.expiryMaxHours, "always"),
  /** P4. Not locked: proposed passwords follow, typed ones need not. Seen by the sender's device alone. */
  passwordSuggestion: flag(true, "default"),
  passwordLength: count(8, 4, 64),
  passwordUpper: flag(false, "default"),
  passwordLower: flag(false, "default"),
  passwordDigits: flag(false, "default"),
  passwordSpecial: flag(false, "default"),
  /** P5 */
  protect: choice<Protect>("message", PROTECTS),
  /** P6 */
  notify: choice<NotifyMe>("first", NOTIFIES),
  /** P11 */
  deliveryLink: flag(true, "always"),
  deliverySms: flag(true, "always"),
  /** P12: of messages to recipients, and of members' own pages. */
  recipientLanguages: choices<Language>(LANGUAGES),
  recipientLanguage: choice<Language>("en", LANGUAGES),
  memberLanguages: choices<Language>(LANGUAGES),
  memberLanguage: choice<Language>("en", LANGUAGES),
  /** P15: everything that members could change stays as the organisation set it. */
  settingsLocked: flag(false, "always"),
  /** P16 */
  chat: flag(true, "always"),
  /** P19 */
  secondFactorRequired: flag(false, "always"),
  /** A2: whether a mobile number may be added as second factor. One that is there stays. */
  secondFactorSms: flag(true, "always"),
  /** M16: replies are shown after a second factor alone. */
  confirmReplies: flag(false, "default"),
} as const;

export type PolicyName = keyof typeof POLICIES;
export const POLICY_NAMES = Object.keys(POLICIES) as readonly PolicyName[];
export type PolicyValue<N extends PolicyName> = (typeof POLICIES)[N] extends { readonly product: infer Value }
  ? Value
  : never;
export interface Setting<Value> {
  readonly value: Value;
  readonly locked: boolean;
}
/** Every setting with its value; of an organisation, or as it holds for one member. */
export type Policies = { readonly [N in PolicyName]: Setting<PolicyValue<N>> };
/** As an organisation sets them; what is absent is the product's. */
export type PolicyChoices = { readonly [N in PolicyName]?: Setting<PolicyValue<N>> };

/** `GET /api/v1/policies`: as they hold for the caller. */
export interface MemberPolicies {
  /** Goes up with every change of the organisation's. */
  readonly version: number;
  readonly policies: Policies;
}
/** `GET /api/v1/organisation/policies`, for its owner and administrators. */
export interface OrganisationPolicies {
  readonly version: number;
  /** What was set: the rest is the product's. To change something, send this with the change. */
  readonly chosen: PolicyChoices;
  /** Every setting as it comes out. */
  readonly policies: Policies;
  readonly changedAt?: string;
  readonly changedBy?: string;
}
/**
 * `PUT /api/v1/organisation/policies`: the whole set; what is absent becomes the product's. `conflict` {state: "changed"} when `version` is not
 * the present one any more.
 */
export interface PolicyChange {
  readonly version: number;
  readonly policies: PolicyChoices;
}
