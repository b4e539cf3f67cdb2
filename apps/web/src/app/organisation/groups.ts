/** Which settings the page shows, in which order. */
import type { PolicyName } from "@pli/core/wire";
import type { OrganisationTexts } from "@pli/texts/app/organisation";

export type RuleName = PolicyName & keyof OrganisationTexts["rules"];

/** What says nothing where the server sends no SMS. */
export const SMS_RULES: ReadonlySet<RuleName> = new Set([
  "smsRequired",
  "factorsWhenBoth",
  "deliverySms",
  "secondFactorSms",
]);

export const GROUPS: readonly {
  readonly group: keyof OrganisationTexts["groups"];
  readonly rules: readonly RuleName[];
}[] = [
  { group: "protection", rules: ["passwordRequired", "smsRequired", "factorsWhenBoth", "protect"] },
  { group: "life", rules: ["openings", "openingsWithFactor", "expiryHours", "expiryMostHours"] },
  {
    group: "passwords",
    rules: [
      "passwordSuggestion",
      "passwordLength",
      "passwordUpper",
      "passwordLower",
      "passwordDigits",
      "passwordSpecial",
    ],
  },
  { group: "sending", rules: ["notify", "deliveryLink", "deliverySms"] },
  { group: "languages", rules: ["recipientLanguages", "recipientLanguage", "memberLanguages", "memberLanguage"] },
  { group: "members", rules: ["settingsLocked", "secondFactorRequired", "secondFactorSms", "confirmReplies", "chat"] },
];
