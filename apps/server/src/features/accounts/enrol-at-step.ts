/**
 * The second step of who has none yet, where the organisation wants one (P19, A2): a passkey, a code app or a mobile number is added, and makes
 * the step at once. Until then nothing else is open, and once there is a factor the mailbox alone adds no other.
 */
import { PliError } from "@pli/core/errors";
import type {
  FactorCodeSent,
  NewFactor,
  NewPasskey,
  PasskeyCreation,
  SmsFactorConfirmation,
  TotpOffer,
} from "@pli/core/wire";
import type { Reader, Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import {
  checkNewPasskey,
  keepNewPasskey,
  offerPasskey,
  offerTotp,
  proveNumber,
  sendNumberCode,
  stepAfterLink,
} from "../factors/index.ts";
import { take } from "../limits/index.ts";
import type { MembersTable } from "../organisations/organisations.table.ts";
import type { SignInStepsTable } from "./accounts.table.ts";
import { finishStep, networkDoor, purposeOf, waiting } from "./make-second-step.ts";
import type { SignedIn, SigningBrowser } from "./open-session.ts";
import { holdStep, stepBySecret } from "./sign-in-steps.queries.ts";

/** A secret for an app; its first code makes the step (make-second-step.ts). @throws `not_signed_in`, `conflict` {state}, `rate_limited` */
export async function offerStepTotp(services: Services, secret: string | null): Promise<TotpOffer> {
  const { row } = await enrolling(services, secret, "totp");
  return await offerTotp(services, row.member_id);
}

/** @throws `not_signed_in`, `conflict` {state}, `rate_limited` */
export async function offerStepPasskey(services: Services, secret: string | null): Promise<PasskeyCreation> {
  const { row, member } = await enrolling(services, secret, "passkey");
  return await offerPasskey(services, purposeOf(row), member);
}

/** @throws `not_signed_in`, `passkey_refused`, `already_exists`, `conflict` {state}, `rate_limited` */
export async function stepByNewPasskey(
  services: Services,
  secret: string | null,
  made: NewPasskey,
  browser: SigningBrowser,
): Promise<SignedIn> {
  await take(services, networkDoor(browser));
  const { row } = await waiting(services, services.db.read, stepBySecret, secret);
  const checked = await checkNewPasskey(services, purposeOf(row), row.member_id, made);
  return await services.db.write(async (tx) => {
    await held(services, tx, secret, "passkey");
    await keepNewPasskey(services, tx, checked);
    return await finishStep(services, tx, secret, browser);
  });
}

/** A code to the number. @throws `not_signed_in`, `conflict` {state}, `policy_refused` {rule}, `sms_unavailable`, `number_refused`, `rate_limited` */
export async function offerStepNumber(
  services: Services,
  secret: string | null,
  { number, network }: { readonly number: string; readonly network: string },
): Promise<FactorCodeSent> {
  const { row } = await enrolling(services, secret, "sms");
  return await sendNumberCode(services, { memberId: row.member_id, number, purpose: purposeOf(row), network });
}

/** @throws `not_signed_in`, `wrong_code`, `conflict` {state}, `policy_refused` {rule}, `rate_limited` */
export async function stepByNewNumber(
  services: Services,
  secret: string | null,
  { number, code }: SmsFactorConfirmation,
  browser: SigningBrowser,
): Promise<SignedIn> {
  await take(services, networkDoor(browser));
  // What is refused is returned, not thrown: a wrong try must stay counted.
  const outcome = await services.db.write(async (tx): Promise<SignedIn | PliError> => {
    const row = await held(services, tx, secret, "sms");
    const wrong = await proveNumber(services, tx, row.member_id, { to: number, purpose: purposeOf(row), code });
    return wrong ?? (await finishStep(services, tx, secret, browser));
  });
  if (outcome instanceof PliError) throw outcome;
  return outcome;
}

async function enrolling(services: Services, secret: string | null, kind: NewFactor) {
  const found = await waiting(services, services.db.read, stepBySecret, secret);
  await requireEnrolment(services, services.db.read, found.member, kind);
  await take(services, { door: "step-offer", key: found.row.member_id, limit: 20, windowSeconds: 900 });
  return found;
}

/** The same in the transaction that adds it: of two that come at once one finds that there is a factor. */
async function held(services: Services, tx: Tx, secret: string | null, kind: NewFactor): Promise<SignInStepsTable> {
  const { row, member } = await waiting(services, tx, holdStep, secret);
  await requireEnrolment(services, tx, member, kind);
  return row;
}

async function requireEnrolment(services: Services, on: Reader, member: MembersTable, kind: NewFactor): Promise<void> {
  const due = await stepAfterLink(services, on, member);
  if (due?.enrol !== true) throw new PliError("conflict", { details: { state: "has_factor" } });
  if (due.enrolBy?.includes(kind)) return;
  if (kind === "sms") throw new PliError("policy_refused", { details: { rule: "secondFactorSms" } });
  throw new PliError("conflict", { details: { state: "no_passkeys" } });
}
