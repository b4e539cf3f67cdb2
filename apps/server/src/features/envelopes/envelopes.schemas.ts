/** Schemas of messages and replies as their author or receiver sees them, checked against the wire types. */
import { z } from "@hono/zod-openapi";
import {
  type CopyRequest,
  type Envelope,
  type EnvelopeListItem,
  type InboxItem,
  LIMITS,
  type PartSummary,
  type RegisterEntry,
} from "@pli/core/wire";
import { bytesText, timeText, wire } from "../../http/schema.ts";
import { deliveryReason, grantStatusSchema, recipient } from "./grants.schemas.ts";

export const notify = z.enum(["first", "each", "never"]);
export const count = (max: number) => z.number().int().min(0).max(max);

export const partSummarySchema = wire<PartSummary>()(
  z
    .strictObject({
      part: count(LIMITS.partsPerEnvelope),
      chunks: z.number().int().min(1).max(LIMITS.chunksPerPart),
      sizeBytes: z
        .number()
        .int()
        .min(1)
        .max(LIMITS.chunksPerPart * LIMITS.chunkBytes),
      sha256: bytesText(32),
    })
    .openapi("PartSummary"),
);

const state = z.enum(["draft", "sending", "sent", "partly_opened", "opened", "expired", "destroyed", "revoked"]);
const listItem = z.object({
  envelopeId: z.string(),
  state,
  createdAt: timeText,
  sentAt: timeText.optional(),
  expiresAt: timeText.optional(),
  endedAt: timeText.optional(),
  reference: z.string().optional(),
  recipients: z.array(recipient),
  recipientsOpened: z.number().int(),
  recipientsCount: z.number().int(),
  parts: z.number().int(),
  sizeBytes: z.number().int(),
  sealedSenderKey: z.string().optional(),
  sealedSummary: z.string().optional(),
});
export const listItemSchema = wire<EnvelopeListItem>()(listItem.openapi("EnvelopeListItem"));

const copyRequestSchema = wire<CopyRequest>()(
  z
    .object({
      requestId: z.string(),
      grantId: z.string(),
      reason: z.enum(["new_copy", "not_me", "not_for_me"]),
      askedAt: timeText,
      done: z.boolean(),
    })
    .openapi("CopyRequest"),
);

export const envelopeSchema = wire<Envelope>()(
  listItem
    .extend({
      kind: z.enum(["message", "reply"]),
      protect: z.enum(["message", "attachments"]),
      notify,
      takeBackUntil: timeText.optional(),
      contentAvailable: z.boolean(),
      sealedKey: z.string().optional(),
      partList: z.array(partSummarySchema),
      grants: z.array(grantStatusSchema),
      requests: z.array(copyRequestSchema),
    })
    .openapi("Envelope"),
);

export const registerEntrySchema = wire<RegisterEntry>()(
  z
    .object({
      entryId: z.string(),
      at: timeText,
      event: z.enum([
        "sent",
        "taken_back",
        "notified",
        "notification_failed",
        "notification_delayed",
        "notification_delivered",
        "visited",
        "code_asked",
        "code_wrong",
        "code_expired",
        "mailbox_proven",
        "sms_asked",
        "sms_wrong",
        "sms_expired",
        "sms_proven",
        "password_wrong",
        "locked",
        "opened",
        "opened_again",
        "refused",
        "downloaded",
        "replied",
        "answered",
        "copy_asked",
        "reported",
        "resent",
        "changed",
        "grant_added",
        "grant_revoked",
        "revoked",
        "expired",
        "destroyed",
      ]),
      grantId: z.string().optional(),
      address: z.string().optional(),
      openingsLeft: z.number().int().optional(),
      triesLeft: z.number().int().optional(),
      codeReference: z.string().optional(),
      network: z.string().optional(),
      agent: z.string().optional(),
      machine: z.boolean(),
      reasonCode: deliveryReason.optional(),
      statusCode: z.string().optional(),
    })
    .openapi("RegisterEntry"),
);

export const inboxItemSchema = wire<InboxItem>()(
  z
    .object({
      envelopeId: z.string(),
      kind: z.enum(["message", "reply"]),
      from: z.object({ address: z.string(), name: z.string().optional() }),
      inReplyTo: z.string().optional(),
      receivedAt: timeText,
      expiresAt: timeText,
      read: z.boolean(),
      sizeBytes: z.number().int(),
      parts: z.number().int(),
      sealedKey: z.string().optional(),
      keyWithheld: z.enum(["confirm", "token"]).optional(),
      partList: z.array(partSummarySchema),
      readers: z.array(grantStatusSchema).optional(),
    })
    .openapi("InboxItem"),
);

export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}

const filterText = z.string().min(1).max(200).optional();

export const listQuerySchema = z.object({
  state: state.optional(),
  recipient: filterText,
  reference: filterText,
  q: filterText,
  from: timeText.optional(),
  to: timeText.optional(),
  cursor: z
    .string()
    .regex(/^[0-9a-z]{26}$/)
    .optional(),
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/)
    .optional()
    .openapi({ description: "1 to 100, default 50" }),
});

/** Of the register: an entry's id. */
export const entryQuerySchema = z.object({
  cursor: z
    .string()
    .regex(/^[0-9a-z]{26}$/)
    .optional(),
});
/** A moment in ms that a database takes, and an id. */
export const cursorQuerySchema = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,15}-[0-9a-z]{26}$/)
    .optional(),
});
export const inboxQuerySchema = cursorQuerySchema.extend({
  unread: z.literal("true").optional(),
  q: filterText.openapi({ description: "Part of the sender's address or name" }),
});
export const envelopePath = z.object({ id: z.string().max(64) });
export const requestPath = z.object({ id: z.string().max(64), requestId: z.string().max(64) });
