/** The doors of the code by SMS (spec: messages.md M4), apart: few messages ask for one, and a page loads them then. */
import type { CodeSent, MailboxProven } from "@pli/core/wire";
import type { Transport } from "./transport.ts";

/** Has a code sent by SMS. @throws PliError `mailbox_proof_required`, `rate_limited` with details.retryAfterSeconds */
export function askSmsCode(t: Transport, grantId: string): Promise<CodeSent> {
  return t.json("POST", `/api/v1/grants/${grantId}/sms-codes`, {});
}

/** @param code 6 digits, spaces allowed. @throws PliError `wrong_code` with details.triesLeft, `code_expired` */
export function proveNumber(t: Transport, grantId: string, code: string): Promise<MailboxProven> {
  return t.json("POST", `/api/v1/grants/${grantId}/sms-proofs`, { code: code.replace(/\D/g, "") });
}
