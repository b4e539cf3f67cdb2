/** The people a member may mean, over HTTP: `/api/v1/recipients`. Addresses that are looked up travel in bodies. */
import { createRoute } from "@hono/zod-openapi";
import type { Api } from "../../http/api.ts";
import { requireMember } from "../../http/caller.ts";
import { answer, done, jsonAnswer, jsonBody, problems } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import * as schemas from "./contacts.schemas.ts";
import { findRecipients, forgetRecipient, lookUpRecipients, readCircle } from "./find-recipients.ts";

const tags = ["Contacts"];

const find = createRoute({
  method: "get",
  path: "/api/v1/recipients",
  tags,
  summary: "Completion: people of the contacts and of what I sent, the most written to first",
  request: { query: schemas.recipientsQuery },
  responses: { 200: jsonAnswer(schemas.recipientsSchema, "The best few"), ...problems },
});
const circle = createRoute({
  method: "get",
  path: "/api/v1/recipients/circle",
  tags,
  summary: "Whom I wrote to last, and every domain I know",
  responses: { 200: jsonAnswer(schemas.circleSchema, "The usual circle"), ...problems },
});
const lookUp = createRoute({
  method: "post",
  path: "/api/v1/recipients/look-up",
  tags,
  summary: "Which of these addresses I know, and what of them",
  request: { body: jsonBody(schemas.lookUpSchema) },
  responses: { 200: jsonAnswer(schemas.recipientsSchema, "Those known"), ...problems },
});
const forget = createRoute({
  method: "post",
  path: "/api/v1/recipients/forget",
  tags,
  summary: "Propose an address no more; contacts stay",
  request: { body: jsonBody(schemas.forgettingSchema) },
  responses: done,
});

export function recipientRoutes(api: Api, services: Services): void {
  api.openapi(find, async (c) => {
    const caller = await requireMember(c);
    return c.json(answer(await findRecipients(services, caller, c.req.valid("query").q)), 200);
  });
  api.openapi(circle, async (c) => {
    const caller = await requireMember(c);
    return c.json(answer(await readCircle(services, caller)), 200);
  });
  api.openapi(lookUp, async (c) => {
    const caller = await requireMember(c);
    return c.json(answer(await lookUpRecipients(services, caller, c.req.valid("json").addresses)), 200);
  });
  api.openapi(forget, async (c) => {
    const caller = await requireMember(c);
    await forgetRecipient(services, caller, c.req.valid("json").address);
    return c.body(null, 204);
  });
}
