/** What other features may use of the organisation's settings. */
import type { Feature } from "../../http/feature.ts";
import { policyRoutes } from "./policies.routes.ts";

export { policiesSchema } from "./policies.schemas.ts";
export { readMemberPolicies } from "./read-policies.ts";
export { requirePolicies, ruledGrant } from "./require-policies.ts";

export const policies: Feature = { name: "policies", routes: policyRoutes };
