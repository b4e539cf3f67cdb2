/** Schemas of writing and sending, checked against the wire types. */
import { z } from "@hono/zod-openapi";
import {
  type ChunkAddress,
  type ChunkAnnouncement,
  type ClearText,
  type EnvelopeDraft,
  LIMITS,
  type PartStatus,
  type SendAnswer,
  type SendMessage,
  type SendReply,
} from "@pli/core/wire";
import { bytesText, lineText, someBytesText, timeText, wire } from "../../http/schema.ts";
import { count, notify, partSummarySchema } from "./envelopes.schemas.ts";
import { grantCreationSchema, sealedShort } from "./grants.schemas.ts";
import { areDifferent, replyReaderSchema } from "./readers.schemas.ts";

/** X-Wing encapsulation (1120 bytes), a key, and the tag. */
const sealedByHpke = bytesText(1168);
export const draftSchema = wire<EnvelopeDraft>()(
  z.object({ envelopeId: z.string(), chunkBytes: z.number().int(), draftExpiresAt: timeText }).openapi("EnvelopeDraft"),
);

export const createEnvelopeSchema = z.strictObject({ kind: z.literal("message") });

export const partStatusSchema = wire<PartStatus>()(
  z
    .object({
      part: z.number().int(),
      chunks: z.array(z.object({ chunk: z.number().int(), sizeBytes: z.number().int() })),
    })
    .openapi("PartStatus"),
);

const partList = z.array(partSummarySchema).min(1).max(LIMITS.partsPerEnvelope);

const clearSchema = wire<ClearText>()(
  z
    .strictObject({
      subject: lineText(LIMITS.clearSubjectCharacters),
      text: z.string().max(LIMITS.clearTextCharacters),
      files: z
        .array(
          z.strictObject({
            name: lineText(LIMITS.clearFileNameCharacters),
            sizeBytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
            sha256: bytesText(32),
          }),
        )
        .min(1)
        .max(LIMITS.clearFiles),
    })
    .openapi("ClearText"),
);

/** M2: what is told in clear is told by mail alone, and only where the sender said so. */
export const sendMessageSchema = wire<SendMessage>()(
  z
    .strictObject({
      parts: partList,
      commitment: bytesText(32),
      grants: z.array(grantCreationSchema).min(1).max(LIMITS.recipients),
      expiresAt: timeText,
      notify,
      notifyUnread: z.boolean().optional(),
      reference: lineText(LIMITS.referenceCharacters).optional(),
      protect: z.enum(["message", "attachments"]).optional(),
      clear: clearSchema.optional(),
      sealedSenderKey: sealedByHpke,
      sealedKey: sealedShort,
      sealedSummary: someBytesText(28, 256 * 1024),
      holdSeconds: count(300).optional(),
    })
    .refine(({ protect, clear }) => (protect === "attachments") === (clear !== undefined), { path: ["clear"] })
    .refine(({ clear, grants }) => clear === undefined || grants.every(({ delivery }) => delivery === "mail"), {
      path: ["protect"],
    })
    .openapi("SendMessage"),
);

export const sendReplySchema = wire<SendReply>()(
  z
    .strictObject({
      parts: partList,
      commitment: bytesText(32),
      sealedKey: sealedByHpke,
      threadKey: sealedShort.optional(),
      brief: z.boolean().optional(),
      readers: z.array(replyReaderSchema).min(1).max(LIMITS.recipients).refine(areDifferent).optional(),
    })
    .openapi("SendReply"),
);

export const sendAnswerSchema = wire<SendAnswer>()(
  z
    .object({
      envelopeId: z.string(),
      sentAt: timeText,
      takeBackUntil: timeText.optional(),
      grants: z.array(z.object({ grantId: z.string(), address: z.string() })),
    })
    .openapi("SendAnswer"),
);

export const partPath = z.object({ id: z.string().max(64), part: z.string().regex(/^(0|[1-9]\d{0,4})$/) });
export const chunkPath = z.object({
  id: z.string().max(64),
  part: z.string().regex(/^(0|[1-9]\d{0,4})$/),
  chunk: z.string().regex(/^(0|[1-9]\d{0,3})$/),
});
export const announcementSchema = wire<ChunkAnnouncement>()(
  z
    .strictObject({ sizeBytes: z.number().int().min(1).max(LIMITS.chunkBytes), sha256: bytesText(32) })
    .openapi("ChunkAnnouncement"),
);
export const addressSchema = wire<ChunkAddress>()(
  z
    .object({
      url: z.string(),
      headers: z.record(z.string(), z.string()),
      partBytes: z.number().int().optional(),
    })
    .openapi("ChunkAddress"),
);
