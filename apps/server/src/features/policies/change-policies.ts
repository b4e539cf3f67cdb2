/** An owner or administrator settles something for all members (P2 to P19). It holds for everything sent from then on, on every node. */
import { PliError } from "@pli/core/errors";
import {
  contradiction,
  isPolicyValue,
  type OrganisationPolicies,
  POLICIES,
  POLICY_NAMES,
  type PolicyChange,
  type PolicyChoices,
} from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import { newId } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { findPolicies, insertAdministrationEntry, insertPolicies, replacePolicies } from "./policies.queries.ts";
import { parseChoices, readOrganisationPolicies } from "./read-policies.ts";

/**
 * @returns the settings as they are now
 * @throws PliError `bad_input` {field: "policies.NAME"}, `conflict` {state: "changed"} when others changed them meanwhile
 */
export async function changePolicies(
  services: Services,
  caller: Pick<MemberCaller, "memberId" | "organisationId">,
  change: PolicyChange,
): Promise<OrganisationPolicies> {
  const wanted = tidy(change.policies);
  const { organisationId } = caller;
  return await services.db.write(async (tx) => {
    const nowMs = services.clock.now();
    const before = parseChoices((await findPolicies(tx, organisationId))?.settings ?? null);
    const row = {
      organisation_id: organisationId,
      version: change.version + 1,
      settings: JSON.stringify(wanted),
      changed_at_ms: nowMs,
      changed_by: caller.memberId,
    };
    const kept = change.version === 0 ? insertPolicies(tx, row) : replacePolicies(tx, row, change.version);
    if (!(await kept)) throw new PliError("conflict", { details: { state: "changed" } });
    await insertAdministrationEntry(tx, {
      entry_id: newId(nowMs),
      organisation_id: organisationId,
      at_ms: nowMs,
      member_id: caller.memberId,
      event: "policies_changed",
      facts: JSON.stringify(differences(before, wanted)),
    });
    return await readOrganisationPolicies(tx, organisationId);
  });
}

/** What was chosen, in the table's order, with locks only where there is something to lock. @throws `bad_input` */
function tidy(chosen: PolicyChoices): PolicyChoices {
  const wrong = POLICY_NAMES.find((name) => chosen[name] !== undefined && !isPolicyValue(name, chosen[name].value));
  const field = wrong ?? contradiction(chosen);
  if (field !== null) throw new PliError("bad_input", { details: { field: `policies.${field}` } });
  return Object.fromEntries(
    POLICY_NAMES.flatMap((name) => {
      const setting = chosen[name];
      if (setting === undefined) return [];
      return [[name, { value: setting.value, locked: POLICIES[name].binds === "always" || setting.locked }]];
    }),
  );
}

function differences(from: PolicyChoices, to: PolicyChoices): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    POLICY_NAMES.flatMap((name) => {
      const pair = { from: from[name] ?? null, to: to[name] ?? null };
      return JSON.stringify(pair.from) === JSON.stringify(pair.to) ? [] : [[name, pair]];
    }),
  );
}
