/**
 * The settings of an organisation over HTTP: what holds for the caller, and what its administrators set. Apart from `policies`, which the second
 * factors ask: whoever changes what holds for all shows one, where they have one.
 */
import { createRoute } from "@hono/zod-openapi";
import type { PolicyChange } from "@pli/core/wire";
import type { Api } from "../../http/api.ts";
import { requireMember } from "../../http/caller.ts";
import { answer, asWire, jsonAnswer, jsonBody, problems } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import { requireProofOfFactor } from "../factors/index.ts";
import { take } from "../limits/index.ts";

import * as policies from "../policies/index.ts";

const tags = ["Organisation"];
const CHANGES_PER_HOUR = 600;

const mine = createRoute({
  method: "get",
  path: "/api/v1/policies",
  tags,
  summary: "The organisation's settings as they hold for me",
  responses: {
    200: jsonAnswer(policies.memberPoliciesSchema, "Every setting, and whether I may choose otherwise"),
    ...problems,
  },
});
const read = createRoute({
  method: "get",
  path: "/api/v1/organisation/policies",
  tags,
  summary: "The organisation's settings, for its owner and administrators",
  responses: { 200: jsonAnswer(policies.organisationPoliciesSchema, "The settings"), ...problems },
});
const change = createRoute({
  method: "put",
  path: "/api/v1/organisation/policies",
  tags,
  summary: "Change the organisation's settings",
  description: "The whole set: what is absent becomes the product's own. Names the version that was seen.",
  request: { body: jsonBody(policies.policyChangeSchema) },
  responses: { 200: jsonAnswer(policies.organisationPoliciesSchema, "The settings"), ...problems },
});

export function ruleRoutes(api: Api, services: Services): void {
  api.openapi(mine, async (c) => {
    const { memberId } = await requireMember(c);
    return c.json(answer(await policies.readMemberPolicies(services.db.read, memberId)), 200);
  });
  api.openapi(read, async (c) => {
    const caller = await requireMember(c);
    policies.requireAdministrator(caller);
    return c.json(answer(await policies.readOrganisationPolicies(services.db.read, caller.organisationId)), 200);
  });
  api.openapi(change, async (c) => {
    const caller = await requireMember(c);
    policies.requireAdministrator(caller);
    await requireProofOfFactor(services, caller);
    await take(services, { door: "policies", key: caller.memberId, limit: CHANGES_PER_HOUR, windowSeconds: 3600 });
    const wanted = asWire<PolicyChange>(c.req.valid("json"));
    return c.json(answer(await policies.changePolicies(services, caller, wanted)), 200);
  });
}
