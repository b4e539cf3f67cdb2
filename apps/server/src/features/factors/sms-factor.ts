/**
 * A mobile number as second factor (A2). It counts once a code sent to it has come back, and from then on a link by mail asks for a second step. The
 * weakest of the factors, since a number can be taken over (SIM swap): never enough alone, and an organisation may forbid it.
 */
import { PliError } from "@pli/core/errors";
import type { FactorCodeSent, SmsFactorConfirmation } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import type { Reader, Tx } from "../../platform/database/index.ts";
import { maskNumber } from "../../platform/sms/index.ts";
import type { Services } from "../../services.ts";
import { memberById } from "../organisations/index.ts";
import { readMemberPolicies } from "../policies/index.ts";
import { heldMember, openWithoutFactors } from "./change-factors.ts";
import { confirmSession, setSecondStep } from "./factors.queries.ts";
import { orderNotice } from "./notices.ts";
import { sendProofCode, type TypedCode } from "./proof-codes.ts";
import { countTry } from "./prove-code.ts";
import { deleteSmsFactor, putSmsFactor, smsFactorOf } from "./sms-factor.queries.ts";

/** A number is shown by the session that asked to add it. */
const addingPurpose = ({ sessionId }: MemberCaller) => `number ${sessionId}`;

/** @throws `sms_unavailable`, `policy_refused` {rule}, `number_refused`, `rate_limited`, `not_signed_in` */
export async function offerSmsFactor(
  services: Services,
  caller: MemberCaller,
  number: string,
  network: string,
): Promise<FactorCodeSent> {
  const { memberId } = caller;
  return await sendNumberCode(services, { memberId, number, purpose: addingPurpose(caller), network });
}

/** The code of that number: it counts, in place of the one before. @throws `wrong_code`, `rate_limited`, `policy_refused` {rule} */
export async function addSmsFactor(
  services: Services,
  caller: MemberCaller,
  { number, code }: SmsFactorConfirmation,
): Promise<void> {
  const { memberId, sessionId } = caller;
  // What is refused is returned, not thrown: a wrong try must stay counted.
  const refused = await services.db.write(async (tx) => {
    const wrong = await proveNumber(services, tx, memberId, { to: number, purpose: addingPurpose(caller), code });
    if (wrong === null) await confirmSession(tx, sessionId, services.clock.now());
    return wrong;
  });
  if (refused !== null) throw refused;
}

/** A code to a number that is no factor yet. @throws as `offerSmsFactor` */
export async function sendNumberCode(
  services: Services,
  wanted: {
    readonly memberId: string;
    readonly number: string;
    readonly purpose: string;
    readonly network: string;
  },
): Promise<FactorCodeSent> {
  const { memberId, number, purpose, network } = wanted;
  const on = services.db.read;
  await requireAllowed(on, memberId);
  const member = await memberById(on, memberId);
  if (member === undefined) throw new PliError("not_signed_in");
  return await sendProofCode(services, { member, by: "sms", to: number, purpose, network });
}

/**
 * That code, come back: from now on the number is a factor, and a link asks for a second step.
 * @returns null when it is right; else why not, to be returned by the transaction and thrown behind it, so that the try is counted
 * @throws `policy_refused` {rule}
 */
export async function proveNumber(
  services: Services,
  tx: Tx,
  memberId: string,
  typed: TypedCode,
): Promise<PliError | null> {
  const member = await heldMember(tx, memberId);
  await requireAllowed(tx, memberId);
  const wrong = await countTry(services, tx, memberId, typed);
  if (wrong !== null) return wrong;
  const before = await smsFactorOf(tx, memberId);
  await putSmsFactor(tx, { member_id: memberId, number: typed.to, created_at_ms: services.clock.now() });
  await setSecondStep(tx, memberId, 1);
  const event = before === undefined ? "sms_added" : "sms_changed";
  await orderNotice(services, tx, member, { event, name: maskNumber(typed.to) });
  return null;
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
