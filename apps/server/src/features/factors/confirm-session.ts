/**
 * Confirming a session that is open, before what changes the ways in (A2: asked again), or before replies are shown (M16): with a second factor, or
 * where none is due with a code to the mailbox. A session may be stolen; what it shows here was not.
 */
import { PliError } from "@pli/core/errors";
import type { ConfirmationCode, FactorCodeSent, PasskeyAnswer, SentFactor } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import type { Services } from "../../services.ts";
import { memberById } from "../organisations/index.ts";
import { confirmSession, noteMailbox } from "./factors.queries.ts";
import { acceptPasskey, checkPasskey } from "./passkeys.ts";
import { sendProofCode } from "./proof-codes.ts";
import { proveCode } from "./prove-code.ts";
import { confirmationKinds, factorState } from "./second-step.ts";

/** What a passkey's challenge, or a code, is for: an answer for another session is worth nothing here. */
export const confirmingPurpose = ({ sessionId }: MemberCaller) => `confirm ${sessionId}`;

/** @throws `passkey_refused`, `conflict` */
export async function confirmByPasskey(services: Services, caller: MemberCaller, given: PasskeyAnswer): Promise<void> {
  const checked = await checkPasskey(services, confirmingPurpose(caller), given);
  if (checked.memberId !== caller.memberId) throw new PliError("passkey_refused");
  await services.db.write(async (tx) => {
    await confirmSession(tx, caller.sessionId, services.clock.now());
    await acceptPasskey(services, tx, checked);
  });
}

/** @throws `conflict` {state} where that is not among what this member may show; `sms_unavailable`, `number_refused`, `rate_limited` */
export async function sendConfirmationCode(
  services: Services,
  caller: MemberCaller,
  by: SentFactor,
  network: string,
): Promise<FactorCodeSent> {
  const member = await memberById(services.db.read, caller.memberId);
  if (member === undefined) throw new PliError("not_signed_in");
  const state = await factorState(services.db.read, member);
  const to = by === "sms" ? state.number : member.address;
  if (to === null || !confirmationKinds(state).includes(by)) {
    throw new PliError("conflict", { details: { state: "no_factor" } });
  }
  return await sendProofCode(services, { member, by, to, purpose: confirmingPurpose(caller), network });
}

/** @throws `wrong_code`, `rate_limited` */
export async function confirmByCode(services: Services, caller: MemberCaller, given: ConfirmationCode): Promise<void> {
  const { memberId, sessionId } = caller;
  // What is refused is returned, not thrown: a wrong try must stay counted.
  const refused = await services.db.write(async (tx) => {
    const member = await memberById(tx, memberId);
    if (member === undefined) return new PliError("not_signed_in");
    const wrong = await proveCode(services, tx, memberId, { ...given, purpose: confirmingPurpose(caller) });
    if (wrong !== null) return wrong;
    const nowMs = services.clock.now();
    if (given.kind !== "mail") await confirmSession(tx, sessionId, nowMs);
    // Asked again: a second step may have been switched on since the code was sent.
    else if (confirmationKinds(await factorState(tx, member)).includes("mail")) await noteMailbox(tx, sessionId, nowMs);
    else return new PliError("wrong_code");
    return null;
  });
  if (refused !== null) throw refused;
}
