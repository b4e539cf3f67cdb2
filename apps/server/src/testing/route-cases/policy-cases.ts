/** What an organisation settles: every member sees what holds for them, its administrators change it. */
import type { OrganisationPolicies } from "@pli/core/wire";
import { mine, type RouteCases } from "./route-case.ts";

const PATH = "/api/v1/organisation/policies";

export const POLICY_CASES: RouteCases = {
  "GET /api/v1/policies": mine("/api/v1/policies"),
  "GET /api/v1/organisation/policies": {
    open: "nobody",
    prepare: async (world) => ({ by: await world.newMember("administrator"), path: PATH }),
  },
  "PUT /api/v1/organisation/policies": {
    open: "nobody",
    prepare: async (world) => {
      const by = await world.newMember("administrator");
      // There is something to replace: the first time is another statement.
      await by.call("PUT", PATH, { json: { version: 0, policies: {} } });
      const { version } = (await by.call("GET", PATH)).json<OrganisationPolicies>();
      const policies = {
        expiryMostHours: { value: 700, locked: true },
        passwordLength: { value: 10, locked: true },
        recipientLanguages: { value: ["fr", "en"], locked: true },
        notify: { value: "each", locked: false },
      };
      return { by, path: PATH, json: { version, policies } };
    },
  },
};
