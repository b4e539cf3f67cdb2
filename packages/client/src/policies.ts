/** What the organisation settles (spec: organisations.md P2 to P19): as it holds for the caller, and as its administrators set it. */
import type { MemberPolicies, OrganisationPolicies, PolicyChange } from "@pli/core/wire";
import type { Transport } from "./transport.ts";

/** @throws PliError `not_signed_in` */
export function getPolicies(t: Transport): Promise<MemberPolicies> {
  return t.json("GET", "/api/v1/policies");
}

/** @throws PliError `not_found` for who does not administer the organisation */
export function getOrganisationPolicies(t: Transport): Promise<OrganisationPolicies> {
  return t.json("GET", "/api/v1/organisation/policies");
}

/** @throws PliError `conflict` {state: "changed"} when somebody changed them since; `bad_input` {field: "policies.NAME"} */
export function setOrganisationPolicies(t: Transport, change: PolicyChange): Promise<OrganisationPolicies> {
  return t.json("PUT", "/api/v1/organisation/policies", change);
}
