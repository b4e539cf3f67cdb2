/** The recipient's doors over HTTP: `/api/v1/grants`. */
import { createRoute, z } from "@hono/zod-openapi";
import {
  type CodeSent,
  type CopyRequestCreation,
  type EnvelopeDraft,
  type GrantInfo,
  LANGUAGES,
  LIMITS,
  type MailboxProof,
  type MailboxProven,
  type Opening,
  type OpeningRequest,
  type SmsProof,
} from "@pli/core/wire";
import type { Api } from "../../http/api.ts";
import { idempotent } from "../../http/idempotency.ts";
import {
  answer,
  asWire,
  bytesText,
  jsonAnswer,
  jsonBody,
  problems,
  timeText,
  toldPasswordParams,
  wire,
} from "../../http/schema.ts";
import type { Services } from "../../services.ts";
import { addressSchema, readersQuestionSchema, readersSchema, wholeNumber } from "../envelopes/index.ts";
import { askCode, proveMailboxOf } from "./ask-code.ts";
import { askCopy } from "./ask-copy.ts";
import { askReaders } from "./ask-readers.ts";
import { askSmsCode, proveNumberOf } from "./ask-sms-code.ts";
import { beginReply } from "./begin-reply.ts";
import { addressForDevice } from "./download-part.ts";
import { openGrant } from "./open-grant.ts";
import { visitorOf } from "./visitor.ts";

const path = z.object({ grantId: z.string().max(64) });
const chunkPath = path.extend({
  part: z.string().regex(/^(0|[1-9]\d{0,4})$/),
  chunk: z.string().regex(/^(0|[1-9]\d{0,3})$/),
});
const emptyBody = { content: { "application/json": { schema: z.strictObject({}) } } };

const infoSchema = wire<GrantInfo>()(
  z
    .object({
      grantId: z.string(),
      state: z.enum(["active", "used_up", "expired", "revoked"]),
      sender: z.object({ name: z.string(), address: z.string() }),
      conversation: z.object({ name: z.string(), address: z.string() }).optional(),
      organisation: z.string(),
      maskedAddress: z.string(),
      language: z.enum(LANGUAGES),
      languageChosen: z.boolean(),
      maskedMobile: z.string().optional(),
      factors: z.object({ mailboxCode: z.boolean(), smsCode: z.boolean(), password: z.boolean() }),
      passwordParams: toldPasswordParams.optional(),
      expiresAt: timeText.optional(),
      openingsTotal: z.number().int().optional(),
      openingsLeft: z.number().int().optional(),
      device: z.object({ mailboxProven: z.boolean(), smsProven: z.boolean(), openUntil: timeText.optional() }),
    })
    .openapi("GrantInfo"),
);
const codeSentSchema = wire<CodeSent>()(
  z
    .object({ reference: z.string(), sentAt: timeText, expiresAt: timeText, retryAfterSeconds: z.number() })
    .openapi("CodeSent"),
);
const proofSchema = wire<MailboxProof>()(
  z.strictObject({ code: z.string().min(1).max(40), privateComputer: z.boolean().optional() }).openapi("MailboxProof"),
);
const smsProofSchema = wire<SmsProof>()(z.strictObject({ code: z.string().min(1).max(40) }).openapi("SmsProof"));
const provenSchema = wire<MailboxProven>()(z.object({ provenUntil: timeText }).openapi("MailboxProven"));
const openingRequestSchema = wire<OpeningRequest>()(
  z
    .strictObject({ verifier: bytesText(32), proof: proofSchema.optional(), withManifest: z.boolean().optional() })
    .openapi("OpeningRequest"),
);
const openingSchema = wire<Opening>()(
  z
    .object({
      envelopeId: z.string(),
      wrappedKey: z.string(),
      address: z.string(),
      openUntil: timeText,
      openingsLeft: z.number().int(),
      last: z.boolean(),
      expiresAt: timeText,
      sentAt: timeText,
      parts: z.array(
        z.object({ part: z.number().int(), chunks: z.number().int(), sizeBytes: z.number().int(), sha256: z.string() }),
      ),
      manifest: z.string().optional(),
    })
    .openapi("Opening"),
);
const replyDraftSchema = wire<EnvelopeDraft>()(
  z.object({ envelopeId: z.string(), chunkBytes: z.number().int(), draftExpiresAt: timeText }),
);
const requestSchema = wire<CopyRequestCreation>()(
  z.strictObject({ reason: z.enum(["new_copy", "not_me", "not_for_me"]) }).openapi("CopyRequestCreation"),
);

export function grantRoutes(api: Api, services: Services): void {
  // Served on the raw request (read-grant.ts): here for the description of the API.
  api.openAPIRegistry.registerPath({
    method: "get",
    path: "/api/v1/grants/{grantId}",
    summary: "What is shown before anything is proven",
    request: { params: path },
    responses: { 200: jsonAnswer(infoSchema, "The grant"), ...problems },
  });
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/grants/{grantId}/codes",
      summary: "Send a code to the recipient's mailbox",
      request: { params: path, body: emptyBody },
      responses: { 202: jsonAnswer(codeSentSchema, "A code is on its way"), ...problems },
    }),
    async (c) => c.json(answer(await askCode(services, c.req.valid("param").grantId, visitorOf(services, c))), 202),
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/grants/{grantId}/proofs",
      summary: "Prove the mailbox by its code",
      request: { params: path, body: jsonBody(proofSchema) },
      responses: { 200: jsonAnswer(provenSchema, "Proven, for this device"), ...problems },
    }),
    async (c) => {
      const proof = asWire<MailboxProof>(c.req.valid("json"));
      const { grantId } = c.req.valid("param");
      return c.json(answer(await proveMailboxOf(services, grantId, visitorOf(services, c), proof)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/grants/{grantId}/sms-codes",
      summary: "Send a code to the recipient's mobile number",
      description: "Where a mailbox must be proven too, after that.",
      request: { params: path, body: emptyBody },
      responses: { 202: jsonAnswer(codeSentSchema, "A code is on its way"), ...problems },
    }),
    async (c) => c.json(answer(await askSmsCode(services, c.req.valid("param").grantId, visitorOf(services, c))), 202),
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/grants/{grantId}/sms-proofs",
      summary: "Prove the mobile number by its code",
      request: { params: path, body: jsonBody(smsProofSchema) },
      responses: { 200: jsonAnswer(provenSchema, "Proven, for this device"), ...problems },
    }),
    async (c) => {
      const { code } = c.req.valid("json");
      const { grantId } = c.req.valid("param");
      return c.json(answer(await proveNumberOf(services, grantId, visitorOf(services, c), code)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/grants/{grantId}/openings",
      summary: "Use one opening, or go on with the one that runs",
      description: "With `proof` the mailbox is proven first, as by its own door; refused there, nothing is opened.",
      request: { params: path, body: jsonBody(openingRequestSchema) },
      responses: { 200: jsonAnswer(openingSchema, "The wrapped key and the parts"), ...problems },
    }),
    async (c) => {
      const { proof, ...request } = asWire<OpeningRequest>(c.req.valid("json"));
      const { grantId } = c.req.valid("param");
      const visitor = visitorOf(services, c);
      // Two steps one after the other, as if asked for one by one: what the first one counted stays, whatever the second one says.
      if (proof !== undefined) await proveMailboxOf(services, grantId, visitor, proof);
      return c.json(answer(await openGrant(services, grantId, visitor, request)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/api/v1/grants/{grantId}/parts/{part}/chunks/{chunk}/address",
      summary: "Where a chunk is read past the node, while an opening runs",
      description: "Only on servers that offer it by the header `Pli-Direct`.",
      request: { params: chunkPath },
      responses: { 200: jsonAnswer(addressSchema, "An address for two minutes"), ...problems },
    }),
    async (c) => {
      const { grantId, part, chunk } = c.req.valid("param");
      const place = { part: wholeNumber(part, LIMITS.partsPerEnvelope, "part"), chunk: Number(chunk) };
      return c.json(answer(await addressForDevice(services, c.env.incoming, grantId, place)), 200);
    },
  );
  api.use("/api/v1/grants/:grantId/replies", idempotent);
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/grants/{grantId}/replies",
      summary: "Begin a reply",
      request: { params: path, body: emptyBody },
      responses: { 201: jsonAnswer(replyDraftSchema, "A draft of this device"), ...problems },
    }),
    async (c) => c.json(answer(await beginReply(services, c.req.valid("param").grantId, visitorOf(services, c))), 201),
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/grants/{grantId}/readers",
      summary: "Which of these addresses a reply to all reaches",
      description: "As long as the opening of this browser runs. Changes nothing.",
      request: { params: path, body: jsonBody(readersQuestionSchema) },
      responses: { 200: jsonAnswer(readersSchema, "Those that are reached now"), ...problems },
    }),
    async (c) => {
      const { addresses } = c.req.valid("json");
      const { grantId } = c.req.valid("param");
      return c.json(answer(await askReaders(services, grantId, visitorOf(services, c), addresses)), 200);
    },
  );
  api.openapi(
    createRoute({
      method: "post",
      path: "/api/v1/grants/{grantId}/requests",
      summary: "Ask the sender for a new copy, or report",
      request: { params: path, body: jsonBody(requestSchema) },
      responses: { 202: { description: "The sender is told" }, ...problems },
    }),
    async (c) => {
      await askCopy(services, c.req.valid("param").grantId, visitorOf(services, c), c.req.valid("json"));
      return c.body(null, 202);
    },
  );
}
