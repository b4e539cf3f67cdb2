/** Secrets over HTTP: `/api/v1/secrets`. A member makes, lists and destroys their own; whoever holds the link looks and views. */
import { createRoute } from "@hono/zod-openapi";
import type { SecretCreation } from "@pli/core/wire";
import type { Api } from "../../http/api.ts";
import { requireMember } from "../../http/caller.ts";
import { idempotent } from "../../http/idempotency.ts";
import { agentOf, networkOf } from "../../http/network.ts";
import { answer, asWire, jsonAnswer, jsonBody, problems } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import { take } from "../limits/index.ts";
import { createSecret } from "./create-secret.ts";
import { destroySecret } from "./end-secret.ts";
import { listSecrets, showSecret } from "./read-secrets.ts";
import * as schemas from "./secrets.schemas.ts";
import { textSecret } from "./text-secret.ts";
import { viewSecret } from "./view-secret.ts";

const tags = ["Secrets"];
/** Secrets of one member in an hour: more is a program gone wild. */
const MADE_PER_HOUR = 500;

const create = createRoute({
  method: "post",
  path: "/api/v1/secrets",
  tags,
  summary: "Keep a one-time secret",
  request: { body: jsonBody(schemas.creationSchema) },
  responses: { 201: jsonAnswer(schemas.itemSchema, "Kept"), ...problems },
});
const list = createRoute({
  method: "get",
  path: "/api/v1/secrets",
  tags,
  summary: "My secrets, newest first",
  request: { query: schemas.listQuery },
  responses: { 200: jsonAnswer(schemas.pageSchema, "A page of them"), ...problems },
});
const show = createRoute({
  method: "get",
  path: "/api/v1/secrets/{secretId}",
  tags,
  summary: "What is shown before a secret is revealed; uses no view",
  request: { params: schemas.secretPath },
  responses: { 200: jsonAnswer(schemas.infoSchema, "The secret"), ...problems },
});
const view = createRoute({
  method: "post",
  path: "/api/v1/secrets/{secretId}/views",
  tags,
  summary: "Use one view; the last one erases the secret",
  request: { params: schemas.secretPath, body: jsonBody(schemas.viewRequestSchema) },
  responses: { 200: jsonAnswer(schemas.viewSchema, "The wrapped key and the sealed text"), ...problems },
});
const text = createRoute({
  method: "post",
  path: "/api/v1/secrets/{secretId}/sms",
  tags,
  summary: "Send the link of one of my secrets by SMS",
  request: { params: schemas.secretPath, body: jsonBody(schemas.smsSchema) },
  responses: { 202: { description: "The SMS is on its way" }, ...problems },
});
const destroy = createRoute({
  method: "delete",
  path: "/api/v1/secrets/{secretId}",
  tags,
  summary: "Destroy one of my secrets",
  request: { params: schemas.secretPath },
  responses: { 204: { description: "Nobody can reveal it any more" }, ...problems },
});

export function secretRoutes(api: Api, services: Services): void {
  api.use("/api/v1/secrets", idempotent);
  api.openapi(create, async (c) => {
    const caller = await requireMember(c);
    await take(services, { door: "secrets", key: caller.memberId, limit: MADE_PER_HOUR, windowSeconds: 3600 });
    const creation = asWire<SecretCreation>(c.req.valid("json"));
    const again = c.req.header("idempotency-key") !== undefined;
    return c.json(answer(await createSecret(services, caller, creation, again)), 201);
  });
  api.openapi(list, async (c) => {
    const { memberId } = await requireMember(c);
    return c.json(answer(await listSecrets(services, memberId, c.req.valid("query").cursor)), 200);
  });
  api.openapi(show, async (c) => c.json(answer(await showSecret(services, c.req.valid("param").secretId)), 200));
  api.openapi(view, async (c) => {
    const { incoming } = c.env;
    const viewer = { network: networkOf(incoming, services.config), agent: agentOf(incoming.headers) };
    const { verifier } = c.req.valid("json");
    return c.json(answer(await viewSecret(services, c.req.valid("param").secretId, viewer, verifier)), 200);
  });
  api.use("/api/v1/secrets/:secretId/sms", idempotent);
  api.openapi(text, async (c) => {
    const { memberId } = await requireMember(c);
    await textSecret(services, memberId, c.req.valid("param").secretId, c.req.valid("json"));
    return c.body(null, 202);
  });
  api.openapi(destroy, async (c) => {
    const { memberId } = await requireMember(c);
    await destroySecret(services, memberId, c.req.valid("param").secretId);
    return c.body(null, 204);
  });
}
