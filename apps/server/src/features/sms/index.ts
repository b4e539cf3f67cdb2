/** What other features may use of SMS: whether and where they may go, and how many. Sending is ordered from `notifications`. */
export { requireMobile } from "./numbers.policy.ts";
export { smsDoors, takeSms } from "./sms-limits.ts";
export { countSms, monthOf, smsOfMonths } from "./sms-usage.ts";
