/** Schemas of the settings' JSON, made from their one table (`POLICIES` of the wire), checked against the wire's types where they meet. */
import { z } from "@hono/zod-openapi";
import {
  type MemberPolicies,
  type OrganisationPolicies,
  POLICIES,
  POLICY_NAMES,
  type Policies,
  type PolicyChange,
  type PolicyChoices,
  type PolicyName,
} from "@pli/core/wire";
import { type Loose, wire } from "../../http/schema.ts";

function valueSchema(name: PolicyName): z.ZodType {
  const setting = POLICIES[name];
  switch (setting.kind) {
    case "flag":
      return z.boolean();
    case "count":
      return z.int().min(setting.least).max(setting.most);
    case "choice":
      return z.enum(setting.of);
    case "choices":
      return z.array(z.enum(setting.of)).min(1).max(setting.of.length);
  }
}

const settings = POLICY_NAMES.map(
  (name) => [name, z.strictObject({ value: valueSchema(name), locked: z.boolean() })] as const,
);

// The compiler cannot follow the table into the shapes: `valueSchema` above is the same table, read by its kinds.
export const policiesSchema = z.object(Object.fromEntries(settings)).openapi("Policies") as unknown as z.ZodType<
  Loose<Policies>
>;
const choicesSchema = z
  .strictObject(Object.fromEntries(settings.map(([name, setting]) => [name, setting.optional()])))
  .openapi("PolicyChoices") as unknown as z.ZodType<Loose<PolicyChoices>>;

const version = z.int().min(0).max(2_147_483_646);

export const memberPoliciesSchema = wire<MemberPolicies>()(
  z.object({ version, policies: policiesSchema }).openapi("MemberPolicies"),
);
export const organisationPoliciesSchema = wire<OrganisationPolicies>()(
  z
    .object({
      version,
      chosen: choicesSchema,
      policies: policiesSchema,
      changedAt: z.string().optional(),
      changedBy: z.string().optional(),
    })
    .openapi("OrganisationPolicies"),
);
export const policyChangeSchema = wire<PolicyChange>()(
  z.strictObject({ version, policies: choicesSchema }).openapi("PolicyChange"),
);
