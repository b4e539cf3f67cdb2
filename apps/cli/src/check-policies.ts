/** The organisation's settings, asked before anything is sealed or goes up: the server refuses the same, and does not see passwords. */
import type { MessagePolicy, Recipient } from "@pli/client";
import { PliError } from "@pli/core/errors";
import { type Account, asksSmsCode, brokenPasswordRules, brokenRule, isMobileForm } from "@pli/core/wire";

/** @throws PliError `policy_refused` {rule} */
export function checkPolicies(
  { policies }: Pick<Account, "policies">,
  policy: MessagePolicy,
  recipients: readonly Recipient[],
  nowMs: number,
): void {
  const { password, expiresAt, notify, protect } = policy;
  const grants = recipients.map((recipient) => {
    const language = recipient.language ?? policy.language;
    return {
      password: password !== undefined,
      sms: asksSmsCode({ recipient, ...(recipient.smsCode !== undefined && { smsCode: recipient.smsCode }) }),
      openings: recipient.openings ?? policy.openings,
      ...(language !== undefined && { language }),
      delivery: policy.delivery === "mail" && isMobileForm(recipient.address) ? ("sms" as const) : policy.delivery,
    };
  });
  const message = { grants, expiresAtMs: Date.parse(expiresAt), notify, ...(protect !== undefined && { protect }) };
  const rule =
    brokenRule(policies, message, nowMs) ??
    (password === undefined ? undefined : brokenPasswordRules(policies, password)[0]);
  if (rule !== undefined && rule !== null) throw new PliError("policy_refused", { details: { rule } });
}
