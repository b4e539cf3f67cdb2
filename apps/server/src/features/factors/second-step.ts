/** Which second step a member has to make, and what they have to make it with (A2, P19). One place decides, for every door. */
import { PliError } from "@pli/core/errors";
import type { FactorKind } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import type { Reader } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { memberById } from "../organisations/index.ts";
import type { MembersTable } from "../organisations/organisations.table.ts";
import { readMemberPolicies } from "../policies/index.ts";
import { countRecoveryCodes, passkeysOfMember, totpOfMember } from "./factors.queries.ts";

/** How long after a second factor was shown changes are not asked for again. */
export const CONFIRMED_MS = 15 * 60_000;

export interface FactorState {
  /** The member wants a second step, or the organisation does. */
  readonly on: boolean;
  /** The organisation does. */
  readonly required: boolean;
  /** What there is; recovery codes only beside something else. */
  readonly kinds: readonly FactorKind[];
}

/** @param member whose `second_step` decides: read in the transaction that decides */
export async function factorState(
  on: Reader,
  member: Pick<MembersTable, "member_id" | "second_step">,
): Promise<FactorState> {
  const { policies } = await readMemberPolicies(on, member.member_id);
  const required = policies.secondFactorRequired.value;
  const kinds: FactorKind[] = [];
  if ((await passkeysOfMember(on, member.member_id)).length > 0) kinds.push("passkey");
  if (((await totpOfMember(on, member.member_id))?.confirmed_at_ms ?? null) !== null) kinds.push("totp");
  if (kinds.length > 0 && (await countRecoveryCodes(on, member.member_id)) > 0) kinds.push("recovery");
  return { on: required || member.second_step === 1, required, kinds };
}

/** The second step that is due after a link; null when the link is enough. */
export async function stepAfterLink(
  on: Reader,
  member: Pick<MembersTable, "member_id" | "second_step">,
): Promise<{ readonly factors: readonly FactorKind[]; readonly enrol: boolean } | null> {
  const state = await factorState(on, member);
  if (!state.on) return null;
  // Wanted by the member alone and nothing to make it with: there is none left, so nobody may be shut out by it.
  if (state.kinds.length === 0) return state.required ? { factors: [], enrol: true } : null;
  return { factors: state.kinds, enrol: false };
}

/**
 * What changes the ways in asks for the second factor again, where there is one. Programs have no second factor: a token is made by who may.
 * @throws `second_factor_required`, `not_signed_in`
 */
export async function requireConfirmed(services: Services, caller: MemberCaller): Promise<void> {
  if (caller.by === "token" || confirmedUntilMs(services, caller) !== null) return;
  const member = await memberById(services.db.read, caller.memberId);
  if (member === undefined) throw new PliError("not_signed_in");
  const state = await factorState(services.db.read, member);
  if (state.on && state.kinds.length > 0) throw new PliError("second_factor_required");
}

/** Until when changes in this session are not asked for again; null: they are. */
export function confirmedUntilMs({ clock }: Pick<Services, "clock">, caller: MemberCaller): number | null {
  if (caller.confirmedAtMs === null) return null;
  const untilMs = caller.confirmedAtMs + CONFIRMED_MS;
  return untilMs > clock.now() ? untilMs : null;
}
