/** One-time secrets: their creator's own, and the two doors that the link opens. */
import { randomBytes } from "node:crypto";
import { blindSecret, makeSecret } from "../blind-secret.ts";
import { mine, type RouteCases } from "./route-case.ts";

export const SECRET_CASES: RouteCases = {
  "POST /api/v1/secrets": {
    open: "members",
    prepare: async (world) => ({
      by: world.owner,
      path: "/api/v1/secrets",
      json: { ...blindSecret(world.now()).creation, reference: "VPN" },
    }),
  },
  "GET /api/v1/secrets": mine("/api/v1/secrets"),
  "GET /api/v1/secrets/:id": {
    open: "everybody",
    prepare: async (world) => ({
      by: world.visitor(),
      path: `/api/v1/secrets/${(await makeSecret(world.owner, world.now())).secretId}`,
    }),
  },
  // Who has the verifier has the link: that is what is asked, not who brings it.
  "POST /api/v1/secrets/:id/views": {
    open: "everybody",
    prepare: async (world) => {
      const { secretId, verifier } = await makeSecret(world.owner, world.now(), { views: 20 });
      return { by: world.visitor(), path: `/api/v1/secrets/${secretId}/views`, json: { verifier } };
    },
  },
  "POST /api/v1/secrets/:id/sms": {
    open: "nobody",
    prepare: async (world) => ({
      by: world.owner,
      path: `/api/v1/secrets/${(await makeSecret(world.owner, world.now())).secretId}/sms`,
      json: { mobile: "+33612345678", linkSecret: randomBytes(32).toString("base64url"), language: "fr" },
    }),
  },
  "DELETE /api/v1/secrets/:id": {
    open: "nobody",
    prepare: async (world) => ({
      by: world.owner,
      path: `/api/v1/secrets/${(await makeSecret(world.owner, world.now())).secretId}`,
    }),
  },
};
