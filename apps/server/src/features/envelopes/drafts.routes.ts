/** Writing and sending over HTTP: `/api/v1/envelopes`, as long as an envelope is a draft. A member's, or of a device that replies. */
import { createRoute, z } from "@hono/zod-openapi";
import { PliError } from "@pli/core/errors";
import { LIMITS, type SendFollowUp, type SendMessage, type SendReply } from "@pli/core/wire";
import type { Context } from "hono";
import type { Api, ApiEnv } from "../../http/api.ts";
import { currentCaller, requireMember } from "../../http/caller.ts";
import { deviceOf } from "../../http/device.ts";
import { answer, asWire, done, jsonAnswer, jsonBody, problems } from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import { requireTurn, takeWithin } from "../limits/index.ts";
import { addressForMember, addressToPut } from "./chunk-address.ts";
import { createDraft } from "./create-draft.ts";
import { partStatus, removePart } from "./draft-parts.ts";
import {
  addressSchema,
  announcementSchema,
  chunkPath,
  createEnvelopeSchema,
  draftSchema,
  partPath,
  partStatusSchema,
  sendAnswerSchema,
  sendMessageSchema,
  sendReplySchema,
} from "./drafts.schemas.ts";
import type { Asker } from "./envelopes.policy.ts";
import { envelopePath } from "./envelopes.schemas.ts";
import { dropDraft } from "./follow-message.ts";
import { wholeNumber } from "./put-chunk.ts";
import { sendEnvelope } from "./send-envelope.ts";
import { sendFollowUpSchema } from "./threads.schemas.ts";

/** Drafts and sends of one member in an hour: more is a program gone wild. */
const DRAFTS_PER_HOUR = 5000;

/** Who writes: a member, or the device of a reply. @throws PliError `not_signed_in` */
async function askerOfRequest(c: Context<ApiEnv>): Promise<Asker> {
  const caller = await currentCaller(c);
  const deviceSha256 = deviceOf(c.env.incoming.headers);
  if (caller.kind !== "member" && deviceSha256 === null) throw new PliError("not_signed_in");
  return { memberId: caller.kind === "member" ? caller.memberId : null, deviceSha256 };
}

const partOfPath = (text: string): number => wholeNumber(text, LIMITS.partsPerEnvelope, "part");

export function draftRoutes(api: Api, services: Services): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/envelopes",
      summary: "Begin an envelope",
      request: { body: jsonBody(createEnvelopeSchema) },
      responses: { 201: jsonAnswer(draftSchema, "A draft that takes chunks"), ...problems },
    }),
    async (c) => {
      const { memberId, organisationId } = await requireMember(c);
      const door = { door: "drafts", key: memberId, limit: DRAFTS_PER_HOUR, windowSeconds: 3600 };
      await requireTurn(services, door);
      const draft = await createDraft(services, { memberId, organisationId }, async (tx) => {
        const refused = await takeWithin(tx, services.clock.now(), [door]);
        if (refused !== null) throw refused;
      });
      return c.json(answer(draft), 201);
    },
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/api/v1/envelopes/{id}/parts/{part}",
      summary: "What is stored of a draft's part",
      request: { params: partPath },
      responses: { 200: jsonAnswer(partStatusSchema, "Chunks that are durable"), ...problems },
    }),
    async (c) => {
      const { id, part } = c.req.valid("param");
      return c.json(answer(await partStatus(services, await askerOfRequest(c), id, partOfPath(part))), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/envelopes/{id}/parts/{part}/chunks/{chunk}/address",
      summary: "Where a chunk is put past the node",
      description: "Only on servers that offer it by the header `Pli-Direct`.",
      request: { params: chunkPath, body: jsonBody(announcementSchema) },
      responses: { 200: jsonAnswer(addressSchema, "An address for two minutes"), ...problems },
    }),
    async (c) => {
      const { id: envelopeId, part, chunk } = c.req.valid("param");
      const place = { envelopeId, part: partOfPath(part), chunk: Number(chunk) };
      const asker = await askerOfRequest(c);
      return c.json(answer(await addressToPut(services, asker, place, c.req.valid("json"))), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/api/v1/envelopes/{id}/parts/{part}/chunks/{chunk}/address",
      summary: "Where a chunk of one's own is read past the node",
      request: { params: chunkPath },
      responses: { 200: jsonAnswer(addressSchema, "An address for two minutes"), ...problems },
    }),
    async (c) => {
      const { id: envelopeId, part, chunk } = c.req.valid("param");
      const { memberId } = await requireMember(c);
      const place = { envelopeId, part: partOfPath(part), chunk: Number(chunk) };
      return c.json(answer(await addressForMember(services, memberId, place)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "delete",
      path: "/api/v1/envelopes/{id}/parts/{part}",
      summary: "Remove a part of a draft",
      request: { params: partPath },
      responses: done,
    }),
    async (c) => {
      const { id, part } = c.req.valid("param");
      await removePart(services, await askerOfRequest(c), id, partOfPath(part));
      return c.body(null, 204);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/envelopes/{id}/send",
      summary: "Send a message, a reply or an answer",
      description: "All or nothing. With an `Idempotency-Key`, the same order again gives the same answer.",
      request: {
        params: envelopePath,
        body: jsonBody(z.union([sendMessageSchema, sendFollowUpSchema, sendReplySchema])),
      },
      responses: { 200: jsonAnswer(sendAnswerSchema, "Sent"), ...problems },
    }),
    async (c) => {
      const asker = await askerOfRequest(c);
      const order = asWire<SendMessage | SendFollowUp | SendReply>(c.req.valid("json"));
      const again = c.req.header("idempotency-key") !== undefined;
      return c.json(answer(await sendEnvelope(services, asker, c.req.valid("param").id, order, again)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "delete",
      path: "/api/v1/envelopes/{id}",
      summary: "Throw a draft away",
      request: { params: envelopePath },
      responses: done,
    }),
    async (c) => {
      await dropDraft(services, await askerOfRequest(c), c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
}
