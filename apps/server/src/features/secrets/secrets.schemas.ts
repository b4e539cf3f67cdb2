/** Schemas of secrets: lengths of what is sealed are checked, what is inside is the creator's own. */
import { z } from "@hono/zod-openapi";
import {
  LANGUAGES,
  LIMITS,
  MOBILE_FORM,
  type Page,
  type SecretCreation,
  type SecretInfo,
  type SecretItem,
  type SecretSms,
  type SecretView,
  type ViewRequest,
} from "@pli/core/wire";
import {
  bytesText,
  lineText,
  passwordParams,
  someBytesText,
  timeText,
  toldPasswordParams,
  wire,
} from "../../http/schema.ts";

const ID_BYTES = 16;
const WRAPPED_BYTES = 60;
/** nonce 12, tag 16 */
const SEALED_MORE_BYTES = 28;
/** The smallest class of padding. */
const LEAST_PLAIN_BYTES = 2048;

const state = z.enum(["active", "used_up", "expired", "destroyed"]);

export const smsSchema = wire<SecretSms>()(
  z
    .strictObject({ mobile: z.string().regex(MOBILE_FORM), linkSecret: bytesText(32), language: z.enum(LANGUAGES) })
    .openapi("SecretSms"),
);
export const secretPath = z.object({ secretId: z.string().max(64) });
export const listQuery = z.object({ cursor: z.string().max(80).optional() });

export const creationSchema = wire<SecretCreation>()(
  z
    .strictObject({
      secretId: bytesText(ID_BYTES),
      verifierSha256: bytesText(32),
      wrappedKey: bytesText(WRAPPED_BYTES),
      passwordParams: passwordParams.optional(),
      content: someBytesText(LEAST_PLAIN_BYTES + SEALED_MORE_BYTES, LIMITS.secretPlainBytes + SEALED_MORE_BYTES),
      views: z.int().min(LIMITS.secretViewsMin).max(LIMITS.secretViewsMax),
      expiresAt: timeText,
      reference: lineText(LIMITS.referenceCharacters).optional(),
    })
    .openapi("SecretCreation"),
);

const item = z.object({
  secretId: z.string(),
  state,
  createdAt: timeText,
  expiresAt: timeText,
  viewsTotal: z.int(),
  viewsLeft: z.int(),
  hasPassword: z.boolean(),
  lastViewedAt: timeText.optional(),
  endedAt: timeText.optional(),
  reference: z.string().optional(),
});
export const itemSchema = wire<SecretItem>()(item.openapi("SecretItem"));
export const pageSchema = wire<Page<SecretItem>>()(
  z.object({ items: z.array(itemSchema), next: z.string().optional() }).openapi("SecretPage"),
);

export const infoSchema = wire<SecretInfo>()(
  z
    .object({
      secretId: z.string(),
      state,
      sender: z.object({ name: z.string(), address: z.string() }),
      organisation: z.string(),
      passwordParams: toldPasswordParams.optional(),
      expiresAt: timeText.optional(),
      viewsTotal: z.int().optional(),
      viewsLeft: z.int().optional(),
    })
    .openapi("SecretInfo"),
);

export const viewRequestSchema = wire<ViewRequest>()(
  z.strictObject({ verifier: bytesText(32) }).openapi("ViewRequest"),
);
export const viewSchema = wire<SecretView>()(
  z
    .object({ wrappedKey: z.string(), content: z.string(), viewsLeft: z.int(), expiresAt: timeText })
    .openapi("SecretView"),
);
