/** The account as its member sees it (A3), with the steps of the welcome that are still to do (A4). */
import { PliError } from "@pli/core/errors";
import { type Account, defaultsOf, type MessageDefaults, type Session } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import type { Services } from "../../services.ts";
import { keyringSummary } from "../keyrings/index.ts";
import { memberById, organisationName } from "../organisations/index.ts";
import { readMemberPolicies } from "../policies/index.ts";
import { mailCounts } from "./members.queries.ts";
import { sessionsOfMember } from "./sessions.queries.ts";

/** @throws `not_signed_in` when the member is gone */
export async function readAccount(services: Services, memberId: string): Promise<Account> {
  const on = services.db.read;
  const member = await memberById(on, memberId);
  if (member === undefined) throw new PliError("not_signed_in");
  const keyring = await keyringSummary(on, memberId);
  const { hasSent, unread } = await mailCounts(on, memberId);
  const { policies } = await readMemberPolicies(on, memberId);
  const { mobileCountry } = parseDefaults(member.defaults);
  return {
    memberId,
    address: member.address,
    name: member.name,
    role: member.role,
    organisation: {
      organisationId: member.organisation_id,
      name: (await organisationName(on, member.organisation_id)) ?? services.config.organisation,
    },
    timeZone: member.time_zone,
    language: policies.memberLanguage.value,
    defaults: defaultsOf(policies),
    ...(mobileCountry === undefined ? {} : { mobileCountry }),
    policies,
    welcome: { profile: member.name === "", keyring: keyring === null, firstMessage: !hasSent },
    keyring,
    unread,
  };
}

/** The sessions and tokens of the caller, last seen first. */
export async function readSessions(services: Services, caller: MemberCaller): Promise<readonly Session[]> {
  const rows = await sessionsOfMember(services.db.read, caller.memberId, services.clock.now());
  return rows.map((row) => ({
    sessionId: row.session_id,
    kind: row.kind,
    name: row.name,
    createdAt: new Date(row.created_at_ms).toISOString(),
    lastSeenAt: new Date(row.last_seen_at_ms).toISOString(),
    current: row.session_id === caller.sessionId,
  }));
}

/** What a member changed, of the stored text: how messages begin, and the country of numbers. */
export function parseDefaults(stored: string): Partial<MessageDefaults> & { readonly mobileCountry?: string } {
  return JSON.parse(stored) as Partial<MessageDefaults> & { readonly mobileCountry?: string };
}
