/** How a draft keeps to what the organisation settled (P2, P3, P5, P6, P11, P12): what is locked is set, and cannot be set otherwise. The server refuses the rest. */
import { isMobileForm, type Language, lackingFactor, type PolicyName } from "@pli/core/wire";
import { words } from "../language.ts";
import { me } from "../session.ts";
import { smsFacts } from "../sms/facts.ts";
import type { Protection } from "./draft.ts";

type Rules = ReturnType<typeof me>["policies"];

/** Whether members may not choose it. */
export function isFixed(name: PolicyName): boolean {
  return me().policies[name].locked;
}

/** Says why a control cannot be changed; nothing where it can. */
export function whyFixed(fixed: boolean): string | undefined {
  return fixed ? words().compose.fixed : undefined;
}

/** A password is required, and nothing else would do. */
export function mustHavePassword({ passwordRequired, smsRequired, factorsWhenBoth }: Rules): boolean {
  const either = smsRequired.locked && smsRequired.value && factorsWhenBoth.value === "or";
  return passwordRequired.locked && passwordRequired.value && !either;
}

/** A code by SMS is required, nothing else would do, and this server can send it. */
export function mustHaveSms({ passwordRequired, smsRequired, factorsWhenBoth }: Rules): boolean {
  const either = passwordRequired.locked && passwordRequired.value && factorsWhenBoth.value === "or";
  return smsRequired.locked && smsRequired.value && !either && smsFacts.value?.sms === true;
}

/** Which setting the openings of this message follow. */
export function openingsRule(protection: Protection): "openings" | "openingsWithFactor" {
  return protection.password.on || protection.smsCode ? "openingsWithFactor" : "openings";
}

/** The same protection as far as the organisation leaves a choice, its own settings elsewhere. */
export function obey(wanted: Protection): Protection {
  const { policies: rules } = me();
  const password = mustHavePassword(rules) ? { ...wanted.password, on: true } : wanted.password;
  const next = { ...wanted, password, smsCode: wanted.smsCode || mustHaveSms(rules) };
  const isOpen = { mail: true, sms: rules.deliverySms.value, link: rules.deliveryLink.value }[next.delivery];
  const delivery = isOpen ? next.delivery : "mail";
  const most = rules.expiryMostHours.value;
  const expiry = rules.expiryHours.locked
    ? { hours: rules.expiryHours.value }
    : "hours" in next.expiry
      ? { hours: Math.min(next.expiry.hours, most) }
      : { atMs: Math.min(next.expiry.atMs, Date.now() + most * 3_600_000) };
  const theirs = rules.recipientLanguage;
  const isAllowed = !theirs.locked && rules.recipientLanguages.value.includes(next.language);
  const protect = rules.protect.locked ? rules.protect.value : next.protect;
  return {
    ...next,
    delivery,
    expiry,
    openings: rules[openingsRule(next)].locked ? null : next.openings,
    language: isAllowed ? next.language : theirs.value,
    isTheirLanguage: !theirs.locked && next.isTheirLanguage,
    notify: rules.notify.locked ? rules.notify.value : next.notify,
    protect: delivery === "mail" ? protect : "message",
  };
}

/** A person's own language, where the organisation allows it. */
export function allowedLanguage(language: Language | undefined): Language | undefined {
  return language !== undefined && me().policies.recipientLanguages.value.includes(language) ? language : undefined;
}

/** What is missing of what the organisation requires, in its words. */
export function factorFault(protection: Protection): string | undefined {
  const rule = lackingFactor(me().policies, { password: protection.password.on, sms: protection.smsCode });
  return rule === null ? undefined : words().problems.details.rules[rule];
}

/** Why the attachments alone cannot be sealed here. */
export function protectFault(
  protection: Protection,
  people: readonly { readonly address: string }[],
  files: number,
): string | undefined {
  if (protection.protect !== "attachments") return undefined;
  const { compose } = words();
  if (files === 0) return compose.protectNeedsFile;
  return people.some(({ address }) => isMobileForm(address)) ? compose.protectByMail : undefined;
}
