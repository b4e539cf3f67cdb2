/**
 * A mobile number as second factor (A2). It counts once a code sent to it has come back, and from then on a link by mail asks for a second step. The
 * weakest of the factors, since a number can be taken over (SIM swap): never enough alone, and an organisation may forbid it.
 */
import { PliError } from "@pli/core/errors";
import type { FactorCodeSent, SmsFactorConfirmation } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import type { Reader } from "../../platform/database/index.ts";
import { maskNumber } from "../../platform/sms/index.ts";
import type { Services } from "../../services.ts";
import { memberById } from "../organisations/index.ts";
import { readMemberPolicies } from "../policies/index.ts";
import { heldMember, openWithoutFactors } from "./change-factors.ts";
import { confirmSession, setSecondStep } from "./factors.queries.ts";
import { orderNotice } from "./notices.ts";
import { sendProofCode } from "./proof-codes.ts";
import { countTry } from "./prove-code.ts";
import { deleteSmsFactor, putSmsFactor, smsFactorOf } from "./sms-factor.queries.ts";

/** A number is shown by the session that asked to add it. */
const addingPurpose = ({ sessionId }: MemberCaller) => `number ${sessionId}`;

/** @throws `sms_unavailable`, `policy_refused` {rule}, `number_refused`, `rate_limited` */
export async function offerSmsFactor(
  services: Services,
  caller: MemberCaller,
  number: string,
  network: string,
): Promise<FactorCodeSent> {
  const on = services.db.read;
  await requireAllowed(on, caller.memberId);
  const member = await memberById(on, caller.memberId);
  if (member === undefined) throw new PliError("not_signed_in");
  return await sendProofCode(services, { member, by: "sms", to: number, purpose: addingPurpose(caller), network });
}

/** The code of that number: it counts, in place of the one before. @throws `wrong_code`, `rate_limited`, `policy_refused` {rule} */
export async function addSmsFactor(
  services: Services,
  caller: MemberCaller,
  { number, code }: SmsFactorConfirmation,
): Promise<void> {
  const { memberId, sessionId } = caller;
  const typed = { to: number, purpose: addingPurpose(caller), code };
  // What is refused is returned, not thrown: a wrong try must stay counted.
  const refused = await services.db.write(async (tx) => {
    const member = await heldMember(tx, memberId);
    await requireAllowed(tx, memberId);
    const wrong = await countTry(services, tx, memberId, typed);
    if (wrong !== null) return wrong;
    const nowMs = services.clock.now();
    const before = await smsFactorOf(tx, memberId);
    await putSmsFactor(tx, { member_id: memberId, number, created_at_ms: nowMs });
    await setSecondStep(tx, memberId, 1);
    await confirmSession(tx, sessionId, nowMs);
    const event = before === undefined ? "sms_added" : "sms_changed";
    await orderNotice(services, tx, member, { event, name: maskNumber(number) });
    return null;
  });
  if (refused !== null) throw refused;
}

/** @throws `not_found` */
export async function removeSmsFactor(services: Services, memberId: string): Promise<void> {
  await services.db.write(async (tx) => {
    const member = await heldMember(tx, memberId);
    const number = await deleteSmsFactor(tx, memberId);
    if (number === undefined) throw new PliError("not_found");
    await orderNotice(services, tx, member, { event: "sms_removed", name: maskNumber(number) });
    await openWithoutFactors(tx, member);
  });
}

async function requireAllowed(on: Reader, memberId: string): Promise<void> {
  const { policies } = await readMemberPolicies(on, memberId);
  if (!policies.secondFactorSms.value) throw new PliError("policy_refused", { details: { rule: "secondFactorSms" } });
}
