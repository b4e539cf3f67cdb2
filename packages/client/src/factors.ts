/**
 * Passkeys and second factors over the API (spec: organisations.md A1, A2). What a page does with an authenticator is the page's; nothing here
 * ever sees what the PRF extension answers.
 */
import type {
  Account,
  ConfirmationCode,
  FactorCode,
  FactorCodeSent,
  NewPasskey,
  PasskeyAnswer,
  PasskeyCreation,
  PasskeyRequest,
  PasskeyView,
  RecoveryCodes,
  SecondStep,
  Security,
  SentFactor,
  SmsFactorConfirmation,
  TotpOffer,
} from "@pli/core/wire";
import type { Transport } from "./transport.ts";

const HOME = "/api/v1/me/security";
const STEP = "/api/v1/sign-in/step";

/** Doors at which a passkey may be asked for: what to ask with, and where the answer goes. */
export interface PasskeyDoor<Entered> {
  request(t: Transport): Promise<PasskeyRequest>;
  /** @throws PliError `passkey_refused` */
  answer(t: Transport, answer: PasskeyAnswer): Promise<Entered>;
}

export const signInDoor: PasskeyDoor<Account> = {
  request: (t) => t.json("POST", "/api/v1/sign-in/passkey-requests"),
  answer: (t, answer) => t.json("POST", "/api/v1/sign-in/passkeys", answer),
};
export const stepDoor: PasskeyDoor<Account> = {
  request: (t) => t.json("POST", `${STEP}/passkey-requests`),
  answer: (t, answer) => t.json("POST", `${STEP}/passkeys`, answer),
};
export const confirmationDoor: PasskeyDoor<void> = {
  request: (t) => t.json("POST", `${HOME}/confirmation-requests`),
  answer: (t, answer) => t.json("POST", `${HOME}/confirmations/passkey`, answer),
};

/** @throws PliError `not_signed_in` when no sign-in of this browser waits for its second step */
export function readStep(t: Transport): Promise<SecondStep> {
  return t.json("GET", STEP);
}

/** @throws PliError `wrong_code`, `rate_limited`, `not_signed_in` */
export function enterStepCode(t: Transport, code: FactorCode): Promise<Account> {
  return t.json("POST", `${STEP}/codes`, code);
}

/** Where the organisation wants a second step and there is nothing to make it with. */
export function offerStepTotp(t: Transport): Promise<TotpOffer> {
  return t.json("POST", `${STEP}/totp`);
}

/** The same with a passkey. @throws PliError `conflict`, `not_signed_in` */
export function offerStepPasskey(t: Transport): Promise<PasskeyCreation> {
  return t.json("POST", `${STEP}/passkey-creations`);
}

/** @throws PliError `passkey_refused`, `conflict`, `not_signed_in` */
export function addStepPasskey(t: Transport, made: NewPasskey): Promise<Account> {
  return t.json("POST", `${STEP}/new-passkeys`, made);
}

/** The same with a mobile number, to which a code goes. @throws PliError `policy_refused` {rule}, `number_refused`, `sms_unavailable`, `rate_limited` */
export function offerStepNumber(t: Transport, number: string): Promise<FactorCodeSent> {
  return t.json("POST", `${STEP}/sms`, { number });
}

/** @throws PliError `wrong_code`, `rate_limited`, `not_signed_in` */
export function addStepNumber(t: Transport, proof: SmsFactorConfirmation): Promise<Account> {
  return t.json("PUT", `${STEP}/sms`, proof);
}

export function getSecurity(t: Transport): Promise<Security> {
  return t.json("GET", HOME);
}

/** @throws PliError `wrong_code`, `rate_limited` */
export async function confirmByCode(t: Transport, code: ConfirmationCode): Promise<void> {
  await t.json("POST", `${HOME}/confirmations/code`, code);
}

/** Has a code sent to confirm with. @throws PliError `conflict`, `sms_unavailable`, `rate_limited` */
export function sendConfirmationCode(t: Transport, by: SentFactor): Promise<FactorCodeSent> {
  return t.json("POST", `${HOME}/confirmation-codes`, { by });
}

/** The SMS of a second step. @throws PliError `not_signed_in`, `conflict`, `sms_unavailable`, `rate_limited` */
export function sendStepSms(t: Transport): Promise<FactorCodeSent> {
  return t.json("POST", `${STEP}/sms-codes`);
}

/** Sends a code to a number that shall be a second factor. @throws PliError `second_factor_required`, `number_refused`, `policy_refused` {rule} */
export function offerSmsFactor(t: Transport, number: string): Promise<FactorCodeSent> {
  return t.json("POST", `${HOME}/sms`, { number });
}

/** @throws PliError `wrong_code`, `rate_limited` */
export async function addSmsFactor(t: Transport, proof: SmsFactorConfirmation): Promise<void> {
  await t.json("PUT", `${HOME}/sms`, proof);
}

/** @throws PliError `second_factor_required`, `not_found` */
export async function removeSmsFactor(t: Transport): Promise<void> {
  await t.json("DELETE", `${HOME}/sms`);
}

/** Whether replies ask for a second factor before they are shown (M16). @throws PliError `second_factor_required`, `conflict`, `policy_refused` */
export async function switchReplies(t: Transport, on: boolean): Promise<void> {
  await t.json("PUT", `${HOME}/replies`, { on });
}

/** @throws PliError `second_factor_required`, `conflict` */
export async function switchSecondStep(t: Transport, on: boolean): Promise<void> {
  await t.json("PUT", `${HOME}/second-step`, { on });
}

/** @throws PliError `second_factor_required`, `conflict` */
export function offerPasskey(t: Transport): Promise<PasskeyCreation> {
  return t.json("POST", `${HOME}/passkey-creations`);
}

/** @throws PliError `passkey_refused`, `limit_reached`, `already_exists` */
export function addPasskey(t: Transport, made: NewPasskey): Promise<PasskeyView> {
  return t.json("POST", `${HOME}/passkeys`, made);
}

export async function renamePasskey(t: Transport, passkeyId: string, name: string): Promise<void> {
  await t.json("PATCH", `${HOME}/passkeys/${passkeyId}`, { name });
}

/** @throws PliError `second_factor_required` */
export async function removePasskey(t: Transport, passkeyId: string): Promise<void> {
  await t.json("DELETE", `${HOME}/passkeys/${passkeyId}`);
}

/** @throws PliError `second_factor_required`, `already_exists` */
export function offerTotp(t: Transport): Promise<TotpOffer> {
  return t.json("POST", `${HOME}/totp`);
}

/** @throws PliError `wrong_code` */
export async function addTotp(t: Transport, code: string): Promise<void> {
  await t.json("PUT", `${HOME}/totp`, { code });
}

/** @throws PliError `second_factor_required` */
export async function removeTotp(t: Transport): Promise<void> {
  await t.json("DELETE", `${HOME}/totp`);
}

/** Ten new ones, shown once. @throws PliError `second_factor_required`, `conflict` */
export async function makeRecoveryCodes(t: Transport): Promise<readonly string[]> {
  return (await t.json<RecoveryCodes>("POST", `${HOME}/recovery-codes`)).codes;
}
