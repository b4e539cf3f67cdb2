/** The rules of an organisation, as its administrators change them. */
import type { Feature } from "../../http/feature.ts";
import { ruleRoutes } from "./rules.routes.ts";

export const organisationRules: Feature = { name: "organisation-rules", routes: ruleRoutes };
