/** What other features may use of the codes to mailboxes and to mobile numbers: a number stands where an address does. */
import type { Services } from "../../services.ts";
import { deleteOldCodes } from "./mailbox-codes.queries.ts";

export { newCode, newReference } from "./codes.ts";
export { type ProofOutcome, proveMailbox, provenMailboxes, provenUntil } from "./prove-mailbox.ts";
export { sendCode } from "./send-code.ts";
export { type SmsCodeOrder, sendSmsCode } from "./send-sms-code.ts";

const REMEMBERED_MS = 24 * 3_600_000;

/** Forgets codes, tries and proofs whose time is over. */
export async function cleanMailboxCodes(services: Services): Promise<void> {
  await deleteOldCodes(services.db, services.clock.now(), REMEMBERED_MS);
}
