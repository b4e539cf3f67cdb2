/** The author's operations over HTTP: `/api/v1/envelopes`, `/api/v1/inbox`. */
import { createRoute, z } from "@hono/zod-openapi";
import { PliError } from "@pli/core/errors";
import { type GrantChange, type GrantCreation, LIMITS, type SendMessage, type SendReply } from "@pli/core/wire";
import type { Context } from "hono";
import type { Api, ApiEnv } from "../../http/api.ts";
import { currentCaller, requireMember } from "../../http/caller.ts";
import { deviceOf } from "../../http/device.ts";
import { idempotent } from "../../http/idempotency.ts";
import { answer, asWire, jsonAnswer, jsonBody, problems } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import { take } from "../limits/index.ts";
import { addressForMember, addressToPut } from "./chunk-address.ts";
import { createDraft } from "./create-draft.ts";
import { partStatus, removePart } from "./draft-parts.ts";
import type { Asker } from "./envelopes.policy.ts";
import * as schemas from "./envelopes.schemas.ts";
import { addGrant, changeGrant, resendGrant, revokeGrant } from "./follow-grant.ts";
import { dropDraft, finishRequest, revokeEnvelope, showEnvelope, showRegister, takeBack } from "./follow-message.ts";
import { deleteInboxItem, readInboxItem } from "./inbox.ts";
import { type ListFilter, listEnvelopes, readInbox } from "./list-envelopes.ts";
import { sendEnvelope } from "./send-envelope.ts";

const done = { 204: { description: "Done" }, ...problems };
/** Drafts and sends of one member in an hour: more is a program gone wild. */
const DRAFTS_PER_HOUR = 5000;

/** Who writes: a member, or the device of a reply. @throws PliError `not_signed_in` */
async function askerOfRequest(c: Context<ApiEnv>): Promise<Asker> {
  const caller = await currentCaller(c);
  const deviceSha256 = deviceOf(c.env.incoming.headers);
  if (caller.kind !== "member" && deviceSha256 === null) throw new PliError("not_signed_in");
  return { memberId: caller.kind === "member" ? caller.memberId : null, deviceSha256 };
}

export function envelopeRoutes(api: Api, services: Services): void {
  // The pattern takes in the path without an end too; said twice, a request would wait for itself.
  // Not for addresses: they are secrets, good for minutes, and are written down nowhere.
  const keptOnce: typeof idempotent = (c, next) => (c.req.path.endsWith("/address") ? next() : idempotent(c, next));
  api.use("/api/v1/envelopes/*", keptOnce);
  draftRoutes(api, services);
  sentRoutes(api, services);
  grantRoutes(api, services);
  inboxRoutes(api, services);
}

function draftRoutes(api: Api, services: Services): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/envelopes",
      summary: "Begin an envelope",
      request: { body: jsonBody(schemas.createEnvelopeSchema) },
      responses: { 201: jsonAnswer(schemas.draftSchema, "A draft that takes chunks"), ...problems },
    }),
    async (c) => {
      const { memberId, organisationId } = await requireMember(c);
      await take(services, { door: "drafts", key: memberId, limit: DRAFTS_PER_HOUR, windowSeconds: 3600 });
      return c.json(answer(await createDraft(services, { memberId, organisationId })), 201);
    },
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/api/v1/envelopes/{id}/parts/{part}",
      summary: "What is stored of a draft's part",
      request: { params: schemas.partPath },
      responses: { 200: jsonAnswer(schemas.partStatusSchema, "Chunks that are durable"), ...problems },
    }),
    async (c) => {
      const { id, part } = c.req.valid("param");
      return c.json(answer(await partStatus(services, await askerOfRequest(c), id, partNumber(part))), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/envelopes/{id}/parts/{part}/chunks/{chunk}/address",
      summary: "Where a chunk is put past the node",
      description: "Only on servers that offer it by the header `Pli-Direct`.",
      request: { params: schemas.chunkPath, body: jsonBody(schemas.announcementSchema) },
      responses: { 200: jsonAnswer(schemas.addressSchema, "An address for two minutes"), ...problems },
    }),
    async (c) => {
      const { id: envelopeId, part, chunk } = c.req.valid("param");
      const place = { envelopeId, part: partNumber(part), chunk: Number(chunk) };
      const asker = await askerOfRequest(c);
      return c.json(answer(await addressToPut(services, asker, place, c.req.valid("json"))), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/api/v1/envelopes/{id}/parts/{part}/chunks/{chunk}/address",
      summary: "Where a chunk of one's own is read past the node",
      request: { params: schemas.chunkPath },
      responses: { 200: jsonAnswer(schemas.addressSchema, "An address for two minutes"), ...problems },
    }),
    async (c) => {
      const { id: envelopeId, part, chunk } = c.req.valid("param");
      const { memberId } = await requireMember(c);
      const place = { envelopeId, part: partNumber(part), chunk: Number(chunk) };
      return c.json(answer(await addressForMember(services, memberId, place)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "delete",
      path: "/api/v1/envelopes/{id}/parts/{part}",
      summary: "Remove a part of a draft",
      request: { params: schemas.partPath },
      responses: done,
    }),
    async (c) => {
      const { id, part } = c.req.valid("param");
      await removePart(services, await askerOfRequest(c), id, partNumber(part));
      return c.body(null, 204);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/envelopes/{id}/send",
      summary: "Send a message or a reply",
      description: "All or nothing. With an `Idempotency-Key`, the same order again gives the same answer.",
      request: {
        params: schemas.envelopePath,
        body: jsonBody(z.union([schemas.sendMessageSchema, schemas.sendReplySchema])),
      },
      responses: { 200: jsonAnswer(schemas.sendAnswerSchema, "Sent"), ...problems },
    }),
    async (c) => {
      const asker = await askerOfRequest(c);
      const order = asWire<SendMessage | SendReply>(c.req.valid("json"));
      const again = c.req.header("idempotency-key") !== undefined;
      return c.json(answer(await sendEnvelope(services, asker, c.req.valid("param").id, order, again)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "delete",
      path: "/api/v1/envelopes/{id}",
      summary: "Throw a draft away",
      request: { params: schemas.envelopePath },
      responses: done,
    }),
    async (c) => {
      await dropDraft(services, await askerOfRequest(c), c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
}

function partNumber(text: string): number {
  const part = Number(text);
  if (part > LIMITS.partsPerEnvelope) throw new PliError("bad_input", { details: { field: "part" } });
  return part;
}

function sentRoutes(api: Api, services: Services): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/api/v1/envelopes",
      summary: "Sent messages and drafts, newest first",
      request: { query: schemas.listQuerySchema },
      responses: { 200: jsonAnswer(schemas.pageOf(schemas.listItemSchema), "A page"), ...problems },
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
      request: { params: schemas.envelopePath },
      responses: { 200: jsonAnswer(schemas.envelopeSchema, "The message"), ...problems },
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
      request: { params: schemas.envelopePath, query: schemas.cursorQuerySchema },
      responses: { 200: jsonAnswer(schemas.pageOf(schemas.registerEntrySchema), "A page"), ...problems },
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
      request: { params: schemas.envelopePath },
      responses: { 200: jsonAnswer(schemas.draftSchema, "A draft again"), ...problems },
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
      request: { params: schemas.envelopePath },
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
      request: { params: schemas.requestPath },
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

function grantRoutes(api: Api, services: Services): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/envelopes/{id}/grants",
      summary: "Give one more recipient access, or the same one anew",
      request: { params: schemas.envelopePath, body: jsonBody(schemas.grantCreationSchema) },
      responses: { 201: jsonAnswer(schemas.grantStatusSchema, "The grant"), ...problems },
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
      request: { params: schemas.grantPath, body: jsonBody(schemas.grantChangeSchema) },
      responses: { 200: jsonAnswer(schemas.grantStatusSchema, "The grant"), ...problems },
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
      request: { params: schemas.grantPath, body: jsonBody(schemas.resendSchema) },
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
      request: { params: schemas.grantPath },
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

function inboxRoutes(api: Api, services: Services): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/api/v1/inbox",
      summary: "Replies to me, newest first",
      request: { query: schemas.cursorQuerySchema },
      responses: { 200: jsonAnswer(schemas.pageOf(schemas.inboxItemSchema), "A page"), ...problems },
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      return c.json(answer(await readInbox(services, memberId, c.req.valid("query").cursor ?? null)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/inbox/{id}/read",
      summary: "Note a reply as read",
      request: { params: schemas.envelopePath },
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
      method: "delete",
      path: "/api/v1/inbox/{id}",
      summary: "Delete a reply",
      request: { params: schemas.envelopePath },
      responses: done,
    }),
    async (c) => {
      const { memberId } = await requireMember(c);
      await deleteInboxItem(services, memberId, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
}
