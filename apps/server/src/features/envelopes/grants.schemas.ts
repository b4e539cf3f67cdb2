/** Schemas of grants as their author makes, changes and follows them, checked against the wire types. */
import { z } from "@hono/zod-openapi";
import {
  type GrantChange,
  type GrantCreation,
  type GrantStatus,
  isMobileForm,
  LANGUAGES,
  LIMITS,
  MOBILE_FORM,
  type PasswordParams,
  type Resend,
} from "@pli/core/wire";
import { addressText, bytesText, lineText, passwordParams, timeText, wire } from "../../http/schema.ts";

const language = z.enum(LANGUAGES);
export const deliveryReason = z.enum([
  "no_mailbox",
  "no_domain",
  "mailbox_full",
  "mailbox_off",
  "too_large",
  "refused",
  "unreachable",
  "busy",
  "gave_up",
  "relay",
  "unknown",
]);
/** Nonce, a key or link secret, and the tag. */
export const sealedShort = bytesText(60);

export const recipient = z.object({
  address: z.string(),
  name: z.string().optional(),
  type: z.enum(["to", "cc", "bcc"]),
});
/** E.164. Whether it is a mobile number that may be written to is decided where it is used. */
export const mobileText = z.string().regex(MOBILE_FORM).openapi({ description: "E.164", example: "+33612345678" });

const passwordParamsSchema = wire<PasswordParams>()(passwordParams.openapi("PasswordParams"));

const grantFields = z.strictObject({
  grantId: bytesText(16),
  recipient: z.strictObject({
    address: z.union([addressText, mobileText]),
    name: lineText(LIMITS.nameCharacters).optional(),
    type: z.enum(["to", "cc", "bcc"]),
    mobile: mobileText.optional(),
  }),
  verifierSha256: bytesText(32),
  wrappedKey: bytesText(60),
  passwordParams: passwordParamsSchema.optional(),
  openings: z.number().int().min(LIMITS.openingsMin).max(LIMITS.openingsMax),
  language: language.optional(),
  delivery: z.enum(["mail", "sms", "link"]),
  smsCode: z.boolean().optional(),
  linkSecret: bytesText(32).optional(),
  sealedSecret: sealedShort,
});

/**
 * Z15: the link secret is needed to send the link, and must not be here otherwise. No mail without an address, no SMS without a number; who is
 * named by a number has that one.
 */
export const grantCreationSchema = wire<GrantCreation>()(
  grantFields
    .refine((grant) => (grant.delivery !== "link") === (grant.linkSecret !== undefined), { path: ["linkSecret"] })
    .refine((grant) => grant.delivery !== "mail" || !isMobileForm(grant.recipient.address), { path: ["delivery"] })
    .refine(({ recipient: { address, mobile } }) => !isMobileForm(address) || (mobile ?? address) === address, {
      path: ["recipient", "mobile"],
    })
    .refine(
      ({ recipient: { address, mobile }, delivery, smsCode }) =>
        mobile !== undefined || isMobileForm(address) || (delivery !== "sms" && smsCode !== true),
      { path: ["recipient", "mobile"] },
    )
    .openapi("GrantCreation"),
);

export const grantStatusSchema = wire<GrantStatus>()(
  z
    .object({
      grantId: z.string(),
      recipient: recipient.extend({ mobile: z.string().optional() }),
      state: z.enum(["active", "used_up", "expired", "revoked"]),
      delivery: z.enum(["mail", "sms", "link"]),
      smsCode: z.boolean(),
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
          state: z.enum(["held", "waiting", "delayed", "accepted", "delivered", "failed"]),
          at: timeText.optional(),
          reason: z.string().optional(),
          reasonCode: deliveryReason.optional(),
          statusCode: z.string().optional(),
        })
        .optional(),
      firstOpenedAt: timeText.optional(),
      lastOpenedAt: timeText.optional(),
      sealedSecret: z.string().optional(),
    })
    .openapi("GrantStatus"),
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

export const grantPath = z.object({ id: z.string().max(64), grantId: z.string().max(64) });
