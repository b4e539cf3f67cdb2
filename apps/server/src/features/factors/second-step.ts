/** Which second step a member has to make, and what they have to make it with (A2, P19). One place decides, for every door. */
import { PliError } from "@pli/core/errors";
import type { ConfirmationKind, FactorKind, KeyWithheld, NewFactor } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import type { Reader } from "../../platform/database/index.ts";
import { maskNumber } from "../../platform/sms/index.ts";
import type { Services } from "../../services.ts";
import { hasSms } from "../notifications/index.ts";
import { memberById } from "../organisations/index.ts";
import type { MembersTable } from "../organisations/organisations.table.ts";
import { readMemberPolicies } from "../policies/index.ts";
import { countRecoveryCodes, passkeysOfMember, totpOfMember } from "./factors.queries.ts";
import { hasPasskeys } from "./passkeys.ts";
import { smsFactorOf } from "./sms-factor.queries.ts";

/** How long after a second factor was shown changes are not asked for again. */
export const CONFIRMED_MS = 15 * 60_000;

export interface FactorState {
  /** The member wants a second step, or the organisation does. */
  readonly on: boolean;
  /** The organisation does. */
  readonly required: boolean;
  /** Replies are protected by a second factor: the mailbox alone must not take that away. */
  readonly guarded: boolean;
  /** What there is; recovery codes only beside something else. */
  readonly kinds: readonly FactorKind[];
  /** E.164, of the factor `sms`. */
  readonly number: string | null;
}

/** @param member whose `second_step` decides: read in the transaction that decides */
export async function factorState(
  on: Reader,
  member: Pick<MembersTable, "member_id" | "second_step">,
): Promise<FactorState> {
  const { policies } = await readMemberPolicies(on, member.member_id);
  const required = policies.secondFactorRequired.value;
  const guarded = policies.confirmReplies.value;
  const kinds: FactorKind[] = [];
  if ((await passkeysOfMember(on, member.member_id)).length > 0) kinds.push("passkey");
  if (((await totpOfMember(on, member.member_id))?.confirmed_at_ms ?? null) !== null) kinds.push("totp");
  const number = (await smsFactorOf(on, member.member_id))?.number ?? null;
  if (number !== null) kinds.push("sms");
  if (kinds.length > 0 && (await countRecoveryCodes(on, member.member_id)) > 0) kinds.push("recovery");
  return { on: required || member.second_step === 1, required, guarded, kinds, number };
}

export interface DueStep {
  readonly factors: readonly FactorKind[];
  readonly enrol: boolean;
  readonly enrolBy?: readonly NewFactor[];
  readonly maskedNumber?: string;
}

/** The second step that is due after a link; null when the link is enough. */
export async function stepAfterLink(
  services: Services,
  on: Reader,
  member: Pick<MembersTable, "member_id" | "second_step">,
): Promise<DueStep | null> {
  const state = await factorState(on, member);
  if (!state.on) return null;
  // Wanted by the member alone and nothing to make it with: there is none left, so nobody may be shut out by it.
  if (state.kinds.length === 0) {
    return state.required
      ? { factors: [], enrol: true, enrolBy: await waysToEnrol(services, on, member.member_id) }
      : null;
  }
  const number = state.number === null ? {} : { maskedNumber: maskNumber(state.number) };
  return { factors: state.kinds, enrol: false, ...number };
}

/** What may be added at the sign-in, the strongest first. */
async function waysToEnrol(services: Services, on: Reader, memberId: string): Promise<readonly NewFactor[]> {
  const { policies } = await readMemberPolicies(on, memberId);
  const sms = hasSms(services.config) && policies.secondFactorSms.value;
  return [...(hasPasskeys(services) ? (["passkey"] as const) : []), "totp", ...(sms ? (["sms"] as const) : [])];
}

/** What a session may be confirmed with: a code to the mailbox only as long as a link to it is enough to sign in. */
export function confirmationKinds(state: FactorState): readonly ConfirmationKind[] {
  return needsFactor(state) ? state.kinds : [...state.kinds, "mail"];
}

/** Whether the mailbox alone is too little. */
function needsFactor({ on, guarded, kinds }: FactorState): boolean {
  return (on || guarded) && kinds.length > 0;
}

/**
 * Adding a way to unlock: asks for the second factor again, where a second step is on. Programs have no second factor: a token is made by who may.
 * @throws `second_factor_required`, `not_signed_in`
 */
export async function requireConfirmed(services: Services, caller: MemberCaller): Promise<void> {
  if (caller.by === "token" || confirmedUntilMs(services, caller) !== null) return;
  const { on, kinds } = await stateOf(services, caller);
  if (on && kinds.length > 0) throw new PliError("second_factor_required");
}

/**
 * Changing the ways in: a session alone is not enough, since it may be a stolen one. Where a second step is on, or replies are protected, a second
 * factor; else one, or the mailbox, shown in this session within a quarter of an hour.
 * @throws `second_factor_required`, `not_signed_in`
 */
export async function requireFreshProof(services: Services, caller: MemberCaller): Promise<void> {
  if (confirmedUntilMs(services, caller) !== null) return;
  if (needsFactor(await stateOf(services, caller)) || !isFresh(services, caller.mailboxAtMs)) {
    throw new PliError("second_factor_required");
  }
}

/**
 * Changing what holds for others: the same for whoever has a factor; who has none is asked for nothing. A token cannot show one.
 * @throws `second_factor_required`, with {state: "token"} for a token; `not_signed_in`
 */
export async function requireProofOfFactor(services: Services, caller: MemberCaller): Promise<void> {
  const { kinds } = await stateOf(services, caller);
  if (kinds.length === 0) return;
  if (caller.by === "token") throw new PliError("second_factor_required", { details: { state: "token" } });
  await requireFreshProof(services, caller);
}

/**
 * Whether the keys of received replies are handed out to this caller (M16): null: they are. A factor within a quarter of an hour; who has none
 * shows the mailbox. Never to a token: a program that reads replies needs the protection switched off.
 */
export async function repliesWithheld(services: Services, caller: MemberCaller): Promise<KeyWithheld | null> {
  const { policies } = await readMemberPolicies(services.db.read, caller.memberId);
  if (!policies.confirmReplies.value) return null;
  if (caller.by === "token") return "token";
  if (confirmedUntilMs(services, caller) !== null) return null;
  const { kinds } = await stateOf(services, caller);
  return kinds.length === 0 && isFresh(services, caller.mailboxAtMs) ? null : "confirm";
}

async function stateOf(services: Services, caller: MemberCaller): Promise<FactorState> {
  const member = await memberById(services.db.read, caller.memberId);
  if (member === undefined) throw new PliError("not_signed_in");
  return await factorState(services.db.read, member);
}

/** Until when this session is not asked again for a second factor; null: it is. */
export function confirmedUntilMs({ clock }: Pick<Services, "clock">, caller: MemberCaller): number | null {
  if (caller.confirmedAtMs === null) return null;
  const untilMs = caller.confirmedAtMs + CONFIRMED_MS;
  return untilMs > clock.now() ? untilMs : null;
}

function isFresh({ clock }: Pick<Services, "clock">, atMs: number | null): boolean {
  return atMs !== null && atMs + CONFIRMED_MS > clock.now();
}
