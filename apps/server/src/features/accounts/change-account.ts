/** Changes of the account by its member. What is absent stays, also when two changes come at once. */
import { PliError } from "@pli/core/errors";
import type { AccountChange, MessageDefaults, Policies, PolicyName } from "@pli/core/wire";
import type { Services } from "../../services.ts";
import { holdMember } from "../organisations/index.ts";
import { readMemberPolicies } from "../policies/index.ts";
import { isName } from "./add-member.ts";
import { type MemberChange, updateMember } from "./members.queries.ts";
import { parseDefaults } from "./read-account.ts";

/** Bounds are the schema's; here what a schema cannot say. @throws `bad_input` {field}, `not_signed_in`, `conflict`, `policy_refused` {rule} */
export async function changeAccount(services: Services, memberId: string, change: AccountChange): Promise<void> {
  const name = change.name?.trim();
  if (name !== undefined && !isName(name)) throw new PliError("bad_input", { details: { field: "name" } });
  const timeZone = change.timeZone === undefined ? undefined : canonicalTimeZone(change.timeZone);
  await services.db.write(async (tx) => {
    const member = await holdMember(tx, memberId);
    if (member === undefined) throw new PliError("not_signed_in");
    const { policies } = await readMemberPolicies(tx, memberId);
    if (change.language !== undefined) requireLanguage(policies, change.language);
    const row: MemberChange = {
      ...(name === undefined ? {} : { name }),
      ...(timeZone === undefined ? {} : { time_zone: timeZone }),
      ...(change.language === undefined ? {} : { language: change.language }),
      defaults: JSON.stringify({
        ...parseDefaults(member.defaults),
        ...ownDefaults(policies, change.defaults ?? {}),
        ...(change.mobileCountry === undefined ? {} : { mobileCountry: change.mobileCountry }),
      }),
    };
    if (!(await updateMember(tx, memberId, row, member.defaults))) throw new PliError("conflict");
  });
}

/** P12 @throws `policy_refused` {rule} */
function requireLanguage({ memberLanguages, memberLanguage }: Policies, wanted: MessageDefaults["recipientLanguage"]) {
  if (!memberLanguages.value.includes(wanted)) throw refused("memberLanguages");
  if (memberLanguage.locked && wanted !== memberLanguage.value) throw refused("memberLanguage");
}

/**
 * What of a change is the member's own: what is locked stays as it is, and saying it again is no change.
 * @throws `policy_refused` {rule} for anything else than what is locked, and for what the organisation does not allow
 */
function ownDefaults(policies: Policies, wanted: Partial<MessageDefaults>): Partial<MessageDefaults> {
  if ((wanted.expiryHours ?? 0) > policies.expiryMostHours.value) throw refused("expiryMostHours");
  const theirs = wanted.recipientLanguage;
  if (theirs !== undefined && !policies.recipientLanguages.value.includes(theirs)) throw refused("recipientLanguages");
  const names = Object.keys(wanted) as (keyof MessageDefaults)[];
  const other = names.find((name) => policies[name].locked && policies[name].value !== wanted[name]);
  if (other !== undefined) throw refused(other);
  return Object.fromEntries(names.flatMap((name) => (policies[name].locked ? [] : [[name, wanted[name]]])));
}

function refused(rule: PolicyName): PliError {
  return new PliError("policy_refused", { details: { rule } });
}

/** The zone's IANA name. @throws `bad_input` for a name that no clock knows */
function canonicalTimeZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    throw new PliError("bad_input", { details: { field: "timeZone" } });
  }
}
