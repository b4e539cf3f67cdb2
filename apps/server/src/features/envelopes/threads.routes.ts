/** Conversations over HTTP, the sender's side: `/api/v1/envelopes/:id/thread` and `/answers`. The recipient's is the feature `threads`. */
import { createRoute, z } from "@hono/zod-openapi";
import type { Api } from "../../http/api.ts";
import { requireMember } from "../../http/caller.ts";
import { answer, jsonAnswer, jsonBody, problems } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import { draftSchema } from "./drafts.schemas.ts";
import { cursorQuerySchema, envelopePath, pageOf } from "./envelopes.schemas.ts";
import { beginAnswer } from "./send-follow-up.ts";
import { showThread } from "./show-thread.ts";
import { threadItemSchema } from "./threads.schemas.ts";

export function threadRoutes(api: Api, services: Services): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/api/v1/envelopes/{id}/thread",
      summary: "Replies to a message and my answers, newest first",
      request: { params: envelopePath, query: cursorQuerySchema },
      responses: { 200: jsonAnswer(pageOf(threadItemSchema), "A page"), ...problems },
    }),
    async (c) => {
      const caller = await requireMember(c);
      const cursor = c.req.valid("query").cursor ?? null;
      return c.json(answer(await showThread(services, caller, c.req.valid("param").id, cursor)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/envelopes/{id}/answers",
      summary: "Begin an answer in the conversation of a message",
      request: { params: envelopePath, body: jsonBody(z.strictObject({})) },
      responses: { 201: jsonAnswer(draftSchema, "A draft that takes chunks"), ...problems },
    }),
    async (c) => {
      const member = await requireMember(c);
      return c.json(answer(await beginAnswer(services, member, c.req.valid("param").id)), 201);
    },
  );
}
