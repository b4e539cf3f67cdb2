/** What was sent, over HTTP: the list, one message with its register, and its ends. Only ever its author's. */
import { createRoute } from "@hono/zod-openapi";
import type { Api } from "../../http/api.ts";
import { requireMember } from "../../http/caller.ts";
import { answer, asWire, done, jsonAnswer, problems } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import { draftSchema } from "./drafts.schemas.ts";
import {
  entryQuerySchema,
  envelopePath,
  envelopeSchema,
  listItemSchema,
  listQuerySchema,
  pageOf,
  registerEntrySchema,
  requestPath,
} from "./envelopes.schemas.ts";
import { finishRequest, revokeEnvelope, showEnvelope, showRegister, takeBack } from "./follow-message.ts";
import { type ListFilter, listEnvelopes } from "./list-envelopes.ts";

export function sentRoutes(api: Api, services: Services): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/api/v1/envelopes",
      summary: "Sent messages and drafts, newest first",
      request: { query: listQuerySchema },
      responses: { 200: jsonAnswer(pageOf(listItemSchema), "A page"), ...problems },
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      const { from, to, limit, ...texts } = c.req.valid("query");
      const filter = {
        ...texts,
        ...(from === undefined ? {} : { fromMs: Date.parse(from) }),
        ...(to === undefined ? {} : { toMs: Date.parse(to) }),
        limit: Number(limit ?? 50),
      };
      return c.json(answer(await listEnvelopes(services, memberId, asWire<ListFilter>(filter))), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/api/v1/envelopes/{id}",
      summary: "One message with its grants",
      request: { params: envelopePath },
      responses: { 200: jsonAnswer(envelopeSchema, "The message"), ...problems },
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      return c.json(answer(await showEnvelope(services, memberId, c.req.valid("param").id)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/api/v1/envelopes/{id}/register",
      summary: "Every try and its outcome, newest first",
      request: { params: envelopePath, query: entryQuerySchema },
      responses: { 200: jsonAnswer(pageOf(registerEntrySchema), "A page"), ...problems },
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      const cursor = c.req.valid("query").cursor ?? null;
      return c.json(answer(await showRegister(services, memberId, c.req.valid("param").id, cursor)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/envelopes/{id}/take-back",
      summary: "Take a message back before its notifications leave",
      request: { params: envelopePath },
      responses: { 200: jsonAnswer(draftSchema, "A draft again"), ...problems },
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      return c.json(answer(await takeBack(services, memberId, c.req.valid("param").id)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/envelopes/{id}/revoke",
      summary: "Revoke a message for everybody",
      request: { params: envelopePath },
      responses: done,
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      await revokeEnvelope(services, memberId, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/envelopes/{id}/requests/{requestId}/done",
      summary: "Mark a recipient's request as dealt with",
      request: { params: requestPath },
      responses: done,
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      const { id, requestId } = c.req.valid("param");
      await finishRequest(services, memberId, id, requestId);
      return c.body(null, 204);
    },
  );
}
