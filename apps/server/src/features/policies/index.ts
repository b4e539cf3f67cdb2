/** What other features may use of the organisation's settings. Their doors are those of `organisation-rules`. */
export { changePolicies } from "./change-policies.ts";
export { requireAdministrator } from "./policies.policy.ts";
export {
  memberPoliciesSchema,
  organisationPoliciesSchema,
  policiesSchema,
  policyChangeSchema,
} from "./policies.schemas.ts";
export { readMemberPolicies, readOrganisationPolicies } from "./read-policies.ts";
export { requirePolicies, ruledGrant } from "./require-policies.ts";
