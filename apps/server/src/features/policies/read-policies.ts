/** The settings as they hold now: read where they decide, in the transaction that they decide. Nothing is remembered between two requests. */
import { PliError } from "@pli/core/errors";
import {
  isPolicyValue,
  type MemberPolicies,
  type MessageDefaults,
  type OrganisationPolicies,
  organisationPolicies,
  POLICY_NAMES,
  type PolicyChoices,
  policiesOfMember,
} from "@pli/core/wire";
import { isLanguage } from "@pli/texts/languages";
import type { Reader } from "../../platform/database/index.ts";
import { findPolicies, type MemberSettingsRow, settingsOfMember } from "./policies.queries.ts";

/** As they hold for a member. @throws PliError `not_signed_in` when the member is gone */
export async function readMemberPolicies(on: Reader, memberId: string): Promise<MemberPolicies> {
  const [row] = await settingsOfMember(on, { memberId });
  if (row === undefined) throw new PliError("not_signed_in");
  return { version: row.version ?? 0, policies: memberPolicies(row) };
}

export function memberPolicies(row: Omit<MemberSettingsRow, "version">): MemberPolicies["policies"] {
  return policiesOfMember(parseChoices(row.settings), {
    language: isLanguage(row.language) ? row.language : "en",
    defaults: JSON.parse(row.defaults) as Partial<MessageDefaults>,
    ...(row.confirm_replies === null ? {} : { confirmReplies: row.confirm_replies === 1 }),
  });
}

/** As the organisation set them. */
export async function readOrganisationPolicies(on: Reader, organisationId: string): Promise<OrganisationPolicies> {
  const row = await findPolicies(on, organisationId);
  if (row === undefined) return { version: 0, chosen: {}, policies: organisationPolicies({}) };
  const chosen = parseChoices(row.settings);
  return {
    version: row.version,
    chosen,
    policies: organisationPolicies(chosen),
    changedAt: new Date(row.changed_at_ms).toISOString(),
    changedBy: row.name || row.address || "",
  };
}

/** What a row holds. A setting that this release does not know, or a value that it does not take, counts as not chosen. */
export function parseChoices(stored: string | null): PolicyChoices {
  if (stored === null) return {};
  const found = JSON.parse(stored) as Readonly<Record<string, { readonly value: unknown } | undefined>>;
  return Object.fromEntries(
    POLICY_NAMES.flatMap((name) => {
      const setting = found[name];
      return setting !== undefined && isPolicyValue(name, setting.value) ? [[name, setting]] : [];
    }),
  );
}
