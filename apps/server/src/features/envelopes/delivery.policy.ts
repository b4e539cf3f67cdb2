/** Which ways to a recipient this server has: every door that makes grants asks here. What the organisation allows (P11) is `requirePolicies`. */
import type { GrantCreation } from "@pli/core/wire";
import type { Config } from "../../config.ts";
import { requireMobile } from "../sms/index.ts";
import { smsOf } from "./new-grant.ts";

/** @throws PliError `sms_unavailable`, `number_refused` */
export function checkNumbers(config: Config, grants: readonly GrantCreation[]): void {
  for (const grant of grants) {
    const { mobile } = smsOf(grant);
    if (mobile !== null) requireMobile(config, mobile);
  }
}
