/** Schemas of the author's operations, checked against the wire types. */
import { z } from "@hono/zod-openapi";
import {
  type ChunkAddress,
  type ChunkAnnouncement,
  type CopyRequest,
  type Envelope,
  type EnvelopeDraft,
  type EnvelopeListItem,
  type GrantChange,
  type GrantCreation,
  type GrantStatus,
  type InboxItem,
  LANGUAGES,
  LIMITS,
  type PartStatus,
  type PartSummary,
  type PasswordParams,
  type RegisterEntry,
  type Resend,
  type SendAnswer,
  type SendMessage,
  type SendReply,
} from "@pli/core/wire";
import { addressText, bytesText, lineText, someBytesText, timeText, wire } from "../../http/schema.ts";

const language = z.enum(LANGUAGES);
const notify = z.enum(["first", "each", "never"]);
const count = (max: number) => z.number().int().min(0).max(max);
/** X-Wing encapsulation (1120 bytes), a key, and the tag. */
const sealedByHpke = bytesText(1168);
/** Nonce, a key or link secret, and the tag. */
const sealedShort = bytesText(60);

export const draftSchema = wire<EnvelopeDraft>()(
  z.object({ envelopeId: z.string(), chunkBytes: z.number().int(), draftExpiresAt: timeText }).openapi("EnvelopeDraft"),
);

export const createEnvelopeSchema = z.strictObject({ kind: z.literal("message") });

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

export const partStatusSchema = wire<PartStatus>()(
  z
    .object({
      part: z.number().int(),
      chunks: z.array(z.object({ chunk: z.number().int(), sizeBytes: z.number().int() })),
    })
    .openapi("PartStatus"),
);

/** Z6: no less than 19 MiB and 2 passes; no more than a reader accepts. */
export const passwordParamsSchema = wire<PasswordParams>()(
  z
    .strictObject({
      salt: bytesText(16),
      memoryKiB: z.number().int().min(19_456).max(262_144),
      passes: z.number().int().min(2).max(8),
      lanes: z.literal(1),
    })
    .openapi("PasswordParams"),
);

const grantFields = z.strictObject({
  grantId: bytesText(16),
  recipient: z.strictObject({
    address: addressText,
    name: lineText(LIMITS.nameCharacters).optional(),
    type: z.enum(["to", "cc", "bcc"]),
  }),
  verifierSha256: bytesText(32),
  wrappedKey: bytesText(60),
  passwordParams: passwordParamsSchema.optional(),
  openings: z.number().int().min(LIMITS.openingsMin).max(LIMITS.openingsMax),
  language,
  delivery: z.enum(["mail", "link"]),
  linkSecret: bytesText(32).optional(),
  sealedSecret: sealedShort,
});

/** Z15: the link secret is needed to mail the link, and must not be here otherwise. */
export const grantCreationSchema = wire<GrantCreation>()(
  grantFields
    .refine((grant) => (grant.delivery === "mail") === (grant.linkSecret !== undefined), { path: ["linkSecret"] })
    .openapi("GrantCreation"),
);

const partList = z.array(partSummarySchema).min(1).max(LIMITS.partsPerEnvelope);

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
      sealedSenderKey: sealedByHpke,
      sealedKey: sealedShort,
      sealedSummary: someBytesText(28, 256 * 1024),
      holdSeconds: count(300).optional(),
    })
    .openapi("SendMessage"),
);

export const sendReplySchema = wire<SendReply>()(
  z.strictObject({ parts: partList, commitment: bytesText(32), sealedKey: sealedByHpke }).openapi("SendReply"),
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

const state = z.enum(["draft", "sending", "sent", "partly_opened", "opened", "expired", "destroyed", "revoked"]);
const recipient = z.object({
  address: z.string(),
  name: z.string().optional(),
  type: z.enum(["to", "cc", "bcc"]),
});

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
  parts: z.number().int(),
  sizeBytes: z.number().int(),
  sealedSenderKey: z.string().optional(),
  sealedSummary: z.string().optional(),
});
export const listItemSchema = wire<EnvelopeListItem>()(listItem.openapi("EnvelopeListItem"));

export const grantStatusSchema = wire<GrantStatus>()(
  z
    .object({
      grantId: z.string(),
      recipient,
      state: z.enum(["active", "used_up", "expired", "revoked"]),
      delivery: z.enum(["mail", "link"]),
      language,
      hasPassword: z.boolean(),
      openingsTotal: z.number().int(),
      openingsLeft: z.number().int(),
      expiresAt: timeText,
      firstSentAt: timeText.optional(),
      lastSentAt: timeText.optional(),
      sends: z.number().int(),
      notification: z
        .object({
          state: z.enum(["held", "waiting", "accepted", "failed"]),
          at: timeText.optional(),
          reason: z.string().optional(),
        })
        .optional(),
      firstOpenedAt: timeText.optional(),
      lastOpenedAt: timeText.optional(),
      sealedSecret: z.string().optional(),
    })
    .openapi("GrantStatus"),
);

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

export const grantChangeSchema = wire<GrantChange>()(
  z
    .strictObject({
      openingsLeft: z.number().int().min(LIMITS.openingsMin).max(LIMITS.openingsMax).optional(),
      expiresAt: timeText.optional(),
    })
    .refine((change) => change.openingsLeft !== undefined || change.expiresAt !== undefined)
    .openapi("GrantChange"),
);

export const resendSchema = wire<Resend>()(z.strictObject({ linkSecret: bytesText(32) }).openapi("Resend"));

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
        "visited",
        "code_asked",
        "code_wrong",
        "code_expired",
        "mailbox_proven",
        "password_wrong",
        "locked",
        "opened",
        "opened_again",
        "refused",
        "downloaded",
        "replied",
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
      sealedKey: z.string(),
      partList: z.array(partSummarySchema),
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

export const cursorQuerySchema = z.object({
  cursor: z
    .string()
    .regex(/^[0-9a-z-]{1,60}$/)
    .optional(),
});
export const envelopePath = z.object({ id: z.string().max(64) });
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
export const grantPath = z.object({ id: z.string().max(64), grantId: z.string().max(64) });
export const requestPath = z.object({ id: z.string().max(64), requestId: z.string().max(64) });
