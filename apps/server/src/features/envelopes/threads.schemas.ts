/** Schemas of conversations, checked against the wire types. */
import { z } from "@hono/zod-openapi";
import { type FollowUpThread, type GrantThreadItem, LIMITS, type SendFollowUp, type ThreadItem } from "@pli/core/wire";
import { bytesText, timeText, wire } from "../../http/schema.ts";
import { partSummarySchema } from "./envelopes.schemas.ts";
import { grantStatusSchema } from "./grants.schemas.ts";

export const threadItemSchema = wire<ThreadItem>()(
  z
    .object({
      envelopeId: z.string(),
      kind: z.enum(["reply", "answer"]),
      from: z.object({ address: z.string(), name: z.string().optional() }).optional(),
      grantIds: z.array(z.string()),
      sentAt: timeText,
      read: z.boolean(),
      sizeBytes: z.number().int(),
      sealedKey: z.string().optional(),
      keyWithheld: z.enum(["confirm", "token"]).optional(),
      partList: z.array(partSummarySchema),
      readers: z.array(grantStatusSchema).optional(),
    })
    .openapi("ThreadItem"),
);

export const grantThreadItemSchema = wire<GrantThreadItem>()(
  z
    .object({
      envelopeId: z.string(),
      mine: z.boolean(),
      sentAt: timeText,
      wrappedKey: z.string(),
      parts: z.array(partSummarySchema),
    })
    .openapi("GrantThreadItem"),
);

const followUpThreadSchema = wire<FollowUpThread>()(
  z.strictObject({ grantId: bytesText(16), wrappedKey: bytesText(60), linkSecret: bytesText(32).optional() }),
);

export const sendFollowUpSchema = wire<SendFollowUp>()(
  z
    .strictObject({
      parts: z.array(partSummarySchema).min(1).max(LIMITS.partsPerEnvelope),
      commitment: bytesText(32),
      sealedKey: bytesText(1168),
      threads: z
        .array(followUpThreadSchema)
        .min(1)
        .max(LIMITS.recipients)
        // One recipient reads it once.
        .refine((threads) => new Set(threads.map(({ grantId }) => grantId)).size === threads.length),
    })
    .openapi("SendFollowUp"),
);
