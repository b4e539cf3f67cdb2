/**
 * Which numbers this server writes to, as a table (read from above, the first that fits):
 *
 *   no provider, no local mailbox    sms_unavailable
 *   not a mobile number              number_refused
 *   a country that is not on the list (PLI_SMS_COUNTRIES)   number_refused
 *   else                             yes
 */
import { PliError } from "@pli/core/errors";
import type { Config } from "../../config.ts";
import { mobileNumberOf } from "../../platform/sms/index.ts";
import { hasSms } from "../notifications/index.ts";

/** @param number E.164 @throws PliError `sms_unavailable`, `number_refused` {field: "mobile"} */
export function requireMobile(config: Config, number: string): void {
  if (!hasSms(config)) throw new PliError("sms_unavailable");
  const mobile = mobileNumberOf(number);
  const allowed = mobile !== null && (config.smsCountries?.includes(mobile.country) ?? true);
  if (!allowed) throw new PliError("number_refused", { details: { field: "mobile" } });
}
