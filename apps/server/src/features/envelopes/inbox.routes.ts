/** The inbox over HTTP: `/api/v1/inbox`, replies to the member who asks. */
import { createRoute } from "@hono/zod-openapi";
import type { Api } from "../../http/api.ts";
import { requireMember } from "../../http/caller.ts";
import { answer, done, jsonAnswer, problems } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import { envelopePath, inboxItemSchema, inboxQuerySchema, pageOf } from "./envelopes.schemas.ts";
import { deleteInboxItem, readInboxItem, unreadInboxItem } from "./inbox.ts";
import { readInbox } from "./list-envelopes.ts";

export function inboxRoutes(api: Api, services: Services): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/api/v1/inbox",
      summary: "Replies to me, newest first",
      request: { query: inboxQuerySchema },
      responses: { 200: jsonAnswer(pageOf(inboxItemSchema), "A page"), ...problems },
    }),
    async (c) => {
      const caller = await requireMember(c);
      const { cursor, unread, q } = c.req.valid("query");
      const filter = { unread: unread === "true", ...(q === undefined ? {} : { q }) };
      return c.json(answer(await readInbox(services, caller, cursor ?? null, filter)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/inbox/{id}/read",
      summary: "Note a reply as read",
      request: { params: envelopePath },
      responses: done,
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      await readInboxItem(services, memberId, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/inbox/{id}/unread",
      summary: "Note a reply as not read",
      request: { params: envelopePath },
      responses: done,
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      await unreadInboxItem(services, memberId, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
  api.openapi(
    createRoute({
      method: "delete",
      path: "/api/v1/inbox/{id}",
      summary: "Delete a reply",
      request: { params: envelopePath },
      responses: done,
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      await deleteInboxItem(services, memberId, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
}
