/**
 * What a member changes about their second factors and passkeys (A1, A2). Each change is told by mail. With the last factor the second step
 * and the recovery codes go too: a door without a key must not stay shut.
 */
import { randomBytes } from "node:crypto";
import { PliError } from "@pli/core/errors";
import type { NewPasskey, PasskeyCreation, PasskeyView, Security, TotpOffer } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import type { Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { hasSms } from "../notifications/index.ts";
import { holdMember, memberById, organisationName } from "../organisations/index.ts";
import type { MembersTable } from "../organisations/organisations.table.ts";
import { readMemberPolicies } from "../policies/index.ts";
import {
  confirmSession,
  confirmTotp,
  countRecoveryCodes,
  deletePasskey,
  deleteRecoveryCodes,
  deleteTotp,
  insertRecoveryCodes,
  passkeysOfMember,
  putTotp,
  renamePasskey,
  setConfirmReplies,
  setSecondStep,
  totpOfMember,
} from "./factors.queries.ts";
import type { PasskeysTable } from "./factors.table.ts";
import { orderNotice } from "./notices.ts";
import { type CheckedNewPasskey, checkNewPasskey, keepPasskey, offerPasskey } from "./passkeys.ts";
import { sealTotpSecret, stepOf } from "./prove-code.ts";
import { newRecoveryCodes, recoveryHmac } from "./recovery-codes.ts";
import { confirmationKinds, confirmedUntilMs, factorState } from "./second-step.ts";
import { deleteSmsFactor, smsFactorOf } from "./sms-factor.queries.ts";
import { base32, TOTP_SECRET_BYTES, totpUri } from "./totp.ts";

/** What a passkey's challenge is for, when one is added. */
const addingPurpose = (memberId: string) => `add ${memberId}`;

export async function readSecurity(services: Services, caller: MemberCaller): Promise<Security> {
  const on = services.db.read;
  const member = await memberById(on, caller.memberId);
  if (member === undefined) throw new PliError("not_signed_in");
  const state = await factorState(on, member);
  const totp = await totpOfMember(on, caller.memberId);
  const sms = await smsFactorOf(on, caller.memberId);
  const { policies } = await readMemberPolicies(on, caller.memberId);
  const untilMs = confirmedUntilMs(services, caller);
  return {
    secondStep: { on: state.on, required: state.required },
    passkeys: (await passkeysOfMember(on, caller.memberId)).map(viewOf),
    totp: totp === undefined || totp.confirmed_at_ms === null ? null : { createdAt: iso(totp.confirmed_at_ms) },
    sms: {
      ...(sms === undefined ? {} : { number: sms.number, createdAt: iso(sms.created_at_ms) }),
      possible: hasSms(services.config) && policies.secondFactorSms.value,
    },
    recoveryCodesLeft: await countRecoveryCodes(on, caller.memberId),
    replies: { on: policies.confirmReplies.value, locked: policies.confirmReplies.locked },
    confirmBy: confirmationKinds(state),
    confirmedUntil: untilMs === null ? null : iso(untilMs),
  };
}

/** @throws `conflict` where browsers have no passkeys for this server */
export async function offerNewPasskey(services: Services, memberId: string): Promise<PasskeyCreation> {
  const member = await memberById(services.db.read, memberId);
  if (member === undefined) throw new PliError("not_signed_in");
  return await offerPasskey(services, addingPurpose(memberId), member);
}

/** @throws `passkey_refused`, `limit_reached`, `already_exists`, `conflict` */
export async function addPasskey(services: Services, memberId: string, made: NewPasskey): Promise<PasskeyView> {
  const checked = await checkNewPasskey(services, addingPurpose(memberId), memberId, made);
  await services.db.write((tx) => keepNewPasskey(services, tx, checked));
  return viewOf(checked.row);
}

/** @throws `passkey_refused`, `limit_reached`, `already_exists` */
export async function keepNewPasskey(services: Services, tx: Tx, checked: CheckedNewPasskey): Promise<void> {
  const member = await heldMember(tx, checked.row.member_id);
  await keepPasskey(services, tx, checked);
  await orderNotice(services, tx, member, { event: "passkey_added", name: checked.row.name });
}

/** @throws `not_found` */
export async function namePasskey(
  services: Services,
  memberId: string,
  passkeyId: string,
  name: string,
): Promise<void> {
  const found = await services.db.write((tx) => renamePasskey(tx, memberId, passkeyId, name));
  if (!found) throw new PliError("not_found");
}

/** @throws `not_found` */
export async function removePasskey(services: Services, memberId: string, passkeyId: string): Promise<void> {
  await services.db.write(async (tx) => {
    const member = await heldMember(tx, memberId);
    const name = await deletePasskey(tx, memberId, passkeyId);
    if (name === undefined) throw new PliError("not_found");
    await orderNotice(services, tx, member, { event: "passkey_removed", name });
    await openWithoutFactors(tx, member);
  });
}

/** A new secret for an app; it counts when a first code was typed. @throws `already_exists` */
export async function offerTotp(services: Services, memberId: string): Promise<TotpOffer> {
  const secret = randomBytes(TOTP_SECRET_BYTES);
  const row = {
    member_id: memberId,
    secret: sealTotpSecret(services, memberId, secret),
    confirmed_at_ms: null,
    last_step: 0,
    created_at_ms: services.clock.now(),
  };
  const member = await services.db.write(async (tx) => {
    const owner = await heldMember(tx, memberId);
    if (!(await putTotp(tx, row))) throw new PliError("already_exists");
    return owner;
  });
  const organisation = await organisationName(services.db.read, member.organisation_id);
  const issuer = organisation ?? services.config.organisation;
  return { secret: base32(secret), uri: totpUri(secret, issuer, member.address) };
}

/**
 * The first code of an offered app: from now on it counts, and a link alone does not sign in.
 * @throws `wrong_code`, `not_found` without an offer, `already_exists`
 */
export async function confirmOfferedTotp(services: Services, tx: Tx, memberId: string, code: string): Promise<void> {
  const member = await heldMember(tx, memberId);
  const offer = await totpOfMember(tx, memberId);
  if (offer === undefined) throw new PliError("not_found");
  if (offer.confirmed_at_ms !== null) throw new PliError("already_exists");
  const nowMs = services.clock.now();
  const step = stepOf(services, offer, code, nowMs);
  if (step === null || !(await confirmTotp(tx, offer, step, nowMs))) throw new PliError("wrong_code");
  await setSecondStep(tx, memberId, 1);
  await orderNotice(services, tx, member, { event: "totp_added" });
}

/** @throws as `confirmOfferedTotp` */
export async function addTotp(services: Services, caller: MemberCaller, code: string): Promise<void> {
  await services.db.write(async (tx) => {
    await confirmOfferedTotp(services, tx, caller.memberId, code);
    // It was shown just now: the recovery codes that follow need not ask for it.
    await confirmSession(tx, caller.sessionId, services.clock.now());
  });
}

/** @throws `not_found` */
export async function removeTotp(services: Services, memberId: string): Promise<void> {
  await services.db.write(async (tx) => {
    const member = await heldMember(tx, memberId);
    const factor = await totpOfMember(tx, memberId);
    if (!(await deleteTotp(tx, memberId))) throw new PliError("not_found");
    if ((factor?.confirmed_at_ms ?? null) === null) return;
    await orderNotice(services, tx, member, { event: "totp_removed" });
    await openWithoutFactors(tx, member);
  });
}

/** @throws `conflict` {state} when there is nothing to make a second step with, or the organisation wants one */
export async function switchSecondStep(services: Services, memberId: string, on: boolean): Promise<void> {
  await services.db.write(async (tx) => {
    const member = await heldMember(tx, memberId);
    const state = await factorState(tx, member);
    if (on && state.kinds.length === 0) throw new PliError("conflict", { details: { state: "no_factor" } });
    if (!on && state.required) throw new PliError("conflict", { details: { state: "required" } });
    if ((member.second_step === 1) === on) return;
    await setSecondStep(tx, memberId, on ? 1 : 0);
    await orderNotice(services, tx, member, { event: on ? "second_step_on" : "second_step_off" });
  });
}

/**
 * M16: whether received replies ask for a second factor before they are shown.
 * @throws `policy_refused` {rule} where the organisation settled it; `conflict` {state} without a factor
 */
export async function switchReplies(services: Services, memberId: string, on: boolean): Promise<void> {
  await services.db.write(async (tx) => {
    const member = await heldMember(tx, memberId);
    const { confirmReplies } = (await readMemberPolicies(tx, memberId)).policies;
    if (confirmReplies.value === on) return;
    if (confirmReplies.locked) throw new PliError("policy_refused", { details: { rule: "confirmReplies" } });
    const { kinds } = await factorState(tx, member);
    if (on && kinds.length === 0) throw new PliError("conflict", { details: { state: "no_factor" } });
    await setConfirmReplies(tx, memberId, on ? 1 : 0);
    await orderNotice(services, tx, member, { event: on ? "replies_on" : "replies_off" });
  });
}

/** New ones in place of those before. @throws `conflict` {state} without a factor that they could stand in for */
export async function makeRecoveryCodes(services: Services, memberId: string): Promise<readonly string[]> {
  const codes = newRecoveryCodes();
  const hmacs = codes.map((code) => recoveryHmac(services, memberId, code));
  await services.db.write(async (tx) => {
    const member = await heldMember(tx, memberId);
    const { kinds } = await factorState(tx, member);
    if (kinds.length === 0) throw new PliError("conflict", { details: { state: "no_factor" } });
    await deleteRecoveryCodes(tx, memberId);
    await insertRecoveryCodes(tx, memberId, hmacs, services.clock.now());
    await orderNotice(services, tx, member, { event: "recovery_codes_made" });
  });
  return codes;
}

/**
 * For the operator, when somebody has lost everything: no second step, no passkey, no code any more. What unlocks the keyring stays.
 * @returns whether there was anything
 */
export async function removeAllFactors(services: Pick<Services, "db">, memberId: string): Promise<boolean> {
  return await services.db.write(async (tx) => {
    const member = await heldMember(tx, memberId);
    const passkeys = await passkeysOfMember(tx, memberId);
    for (const { passkey_id } of passkeys) await deletePasskey(tx, memberId, passkey_id);
    const hadTotp = await deleteTotp(tx, memberId);
    const number = await deleteSmsFactor(tx, memberId);
    await openWithoutFactors(tx, member);
    return passkeys.length > 0 || hadTotp || number !== undefined;
  });
}

export async function heldMember(tx: Tx, memberId: string): Promise<MembersTable> {
  const member = await holdMember(tx, memberId);
  if (member === undefined) throw new PliError("not_signed_in");
  return member;
}

/** With the last factor the second step and the recovery codes go too. */
export async function openWithoutFactors(tx: Tx, member: MembersTable): Promise<void> {
  const { kinds } = await factorState(tx, member);
  if (kinds.length > 0) return;
  await setSecondStep(tx, member.member_id, 0);
  await deleteRecoveryCodes(tx, member.member_id);
}

function viewOf(row: PasskeysTable): PasskeyView {
  return {
    passkeyId: row.passkey_id,
    credentialId: row.credential_id,
    name: row.name,
    createdAt: iso(row.created_at_ms),
    lastUsedAt: row.last_used_at_ms === null ? null : iso(row.last_used_at_ms),
    synced: row.backed_up === 1,
  };
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
