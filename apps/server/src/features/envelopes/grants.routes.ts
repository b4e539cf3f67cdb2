/** The author's side of grants over HTTP: one more recipient, changes, the link again, an end. The recipient's doors are the feature `grants`. */
import { createRoute } from "@hono/zod-openapi";
import type { GrantChange, GrantCreation } from "@pli/core/wire";
import type { Api } from "../../http/api.ts";
import { requireMember } from "../../http/caller.ts";
import { answer, asWire, done, jsonAnswer, jsonBody, problems } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import { envelopePath } from "./envelopes.schemas.ts";
import { addGrant, changeGrant, resendGrant, revokeGrant } from "./follow-grant.ts";
import {
  grantChangeSchema,
  grantCreationSchema,
  grantPath,
  grantStatusSchema,
  resendSchema,
} from "./grants.schemas.ts";

export function grantRoutes(api: Api, services: Services): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/envelopes/{id}/grants",
      summary: "Give one more recipient access, or the same one anew",
      request: { params: envelopePath, body: jsonBody(grantCreationSchema) },
      responses: { 201: jsonAnswer(grantStatusSchema, "The grant"), ...problems },
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      const creation = asWire<GrantCreation>(c.req.valid("json"));
      const again = c.req.header("idempotency-key") !== undefined;
      return c.json(answer(await addGrant(services, memberId, c.req.valid("param").id, creation, again)), 201);
    },
  );
  api.openapi(
    createRoute({
      method: "patch",
      path: "/api/v1/envelopes/{id}/grants/{grantId}",
      summary: "Change openings or expiry of a grant",
      request: { params: grantPath, body: jsonBody(grantChangeSchema) },
      responses: { 200: jsonAnswer(grantStatusSchema, "The grant"), ...problems },
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      const { id, grantId } = c.req.valid("param");
      const change = asWire<GrantChange>(c.req.valid("json"));
      return c.json(answer(await changeGrant(services, memberId, { envelopeId: id, grantId }, change)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/envelopes/{id}/grants/{grantId}/resend",
      summary: "Send the link again",
      request: { params: grantPath, body: jsonBody(resendSchema) },
      responses: done,
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      const { id, grantId } = c.req.valid("param");
      await resendGrant(services, memberId, { envelopeId: id, grantId }, c.req.valid("json"));
      return c.body(null, 204);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/envelopes/{id}/grants/{grantId}/revoke",
      summary: "Revoke one recipient's access",
      request: { params: grantPath },
      responses: done,
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      const { id, grantId } = c.req.valid("param");
      await revokeGrant(services, memberId, { envelopeId: id, grantId });
      return c.body(null, 204);
    },
  );
}
