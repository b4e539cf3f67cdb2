/** The one place where the server holds an order against the sender's settings, in the transaction of the order. */
import { PliError } from "@pli/core/errors";
import {
  asksSmsCode,
  brokenRule,
  type GrantCreation,
  type Policies,
  type RuledGrant,
  type RuledMessage,
} from "@pli/core/wire";
import type { Tx } from "../../platform/database/index.ts";
import { readMemberPolicies } from "./read-policies.ts";

/**
 * @returns the settings that it was held against
 * @throws PliError `policy_refused` {rule}
 */
export async function requirePolicies(
  tx: Tx,
  memberId: string,
  message: RuledMessage,
  nowMs: number,
): Promise<Policies> {
  const { policies } = await readMemberPolicies(tx, memberId);
  const rule = brokenRule(policies, message, nowMs);
  if (rule !== null) throw new PliError("policy_refused", { details: { rule } });
  return policies;
}

/** A grant as the rules see it. */
export function ruledGrant(grant: GrantCreation): RuledGrant {
  const { openings, language, delivery } = grant;
  return {
    password: grant.passwordParams !== undefined,
    sms: asksSmsCode(grant),
    openings,
    ...(language !== undefined && { language }),
    delivery,
  };
}
