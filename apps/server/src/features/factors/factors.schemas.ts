/** Schemas of passkeys and second factors. What the authenticator signed is checked elsewhere; here lengths and alphabets. */
import { z } from "@hono/zod-openapi";
import {
  type ConfirmationCode,
  type ConfirmationCodeRequest,
  type FactorCode,
  type FactorCodeSent,
  LIMITS,
  type NewPasskey,
  type PasskeyAnswer,
  type PasskeyCreation,
  type PasskeyRequest,
  type PasskeyView,
  type RecoveryCodes,
  type RepliesChange,
  type SecondStep,
  type SecondStepChange,
  type Security,
  type SmsFactorConfirmation,
  type SmsFactorOffer,
  type TotpConfirmation,
  type TotpOffer,
} from "@pli/core/wire";
import { lineText, someBytesText, wire } from "../../http/schema.ts";

/** Client data are some 150 bytes of JSON; authenticator data and attestations without a certificate stay below this. */
const SIGNED_BYTES = 4096;
const CODE_CHARACTERS = 40;

const credentialId = someBytesText(1, LIMITS.credentialIdBytes);
const signed = someBytesText(1, SIGNED_BYTES);
const reference = z.object({ credentialId: z.string(), transports: z.array(z.string()).readonly() });
/** E.164; whether it is a mobile one the server says elsewhere. */
const number = z.string().regex(/^\+[1-9]\d{6,14}$/);
const typedCode = z.string().min(1).max(CODE_CHARACTERS);

export const secondStep = wire<SecondStep>()(
  z
    .object({
      factors: z.array(z.enum(["passkey", "totp", "sms", "recovery"])).readonly(),
      enrol: z.boolean(),
      enrolBy: z
        .array(z.enum(["passkey", "totp", "sms"]))
        .readonly()
        .optional(),
      maskedNumber: z.string().optional(),
      expiresAt: z.string(),
    })
    .openapi("SecondStep"),
);

export const factorCode = wire<FactorCode>()(
  z.strictObject({ kind: z.enum(["totp", "sms", "recovery"]), code: typedCode }).openapi("FactorCode"),
);

export const confirmationCode = wire<ConfirmationCode>()(
  z.strictObject({ kind: z.enum(["totp", "sms", "recovery", "mail"]), code: typedCode }).openapi("ConfirmationCode"),
);

export const confirmationCodeRequest = wire<ConfirmationCodeRequest>()(
  z.strictObject({ by: z.enum(["sms", "mail"]) }).openapi("ConfirmationCodeRequest"),
);

export const factorCodeSent = wire<FactorCodeSent>()(
  z
    .object({ to: z.string(), reference: z.string(), expiresAt: z.string(), retryAfterSeconds: z.int() })
    .openapi("FactorCodeSent"),
);

export const smsFactorOffer = wire<SmsFactorOffer>()(z.strictObject({ number }).openapi("SmsFactorOffer"));
export const smsFactorConfirmation = wire<SmsFactorConfirmation>()(
  z.strictObject({ number, code: typedCode }).openapi("SmsFactorConfirmation"),
);

export const passkeyRequest = wire<PasskeyRequest>()(
  z
    .object({ challenge: z.string(), rpId: z.string(), allow: z.array(reference).readonly(), expiresAt: z.string() })
    .openapi("PasskeyRequest"),
);

export const passkeyAnswer = wire<PasskeyAnswer>()(
  z
    .strictObject({
      credentialId,
      clientData: signed,
      authenticatorData: signed,
      signature: someBytesText(1, 1024),
      userHandle: someBytesText(1, 64).optional(),
    })
    .openapi("PasskeyAnswer"),
);

export const passkeyCreation = wire<PasskeyCreation>()(
  z
    .object({
      challenge: z.string(),
      rpId: z.string(),
      rpName: z.string(),
      userHandle: z.string(),
      userName: z.string(),
      displayName: z.string(),
      algorithms: z.array(z.int()).readonly(),
      exclude: z.array(reference).readonly(),
      expiresAt: z.string(),
    })
    .openapi("PasskeyCreation"),
);

const passkeyName = lineText(LIMITS.nameCharacters);

export const newPasskey = wire<NewPasskey>()(
  z
    .strictObject({
      credentialId,
      clientData: signed,
      attestation: signed,
      transports: z
        .array(z.string().regex(/^[a-z-]{1,20}$/))
        .max(8)
        .readonly(),
      name: passkeyName,
    })
    .openapi("NewPasskey"),
);

export const passkeyRename = z.strictObject({ name: passkeyName }).openapi("PasskeyRename");

const passkeyShape = z.object({
  passkeyId: z.string(),
  credentialId: z.string(),
  name: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  synced: z.boolean(),
});
export const passkeyView = wire<PasskeyView>()(passkeyShape.openapi("Passkey"));

export const totpOffer = wire<TotpOffer>()(z.object({ secret: z.string(), uri: z.string() }).openapi("TotpOffer"));
export const totpConfirmation = wire<TotpConfirmation>()(
  z.strictObject({ code: typedCode }).openapi("TotpConfirmation"),
);

export const security = wire<Security>()(
  z
    .object({
      secondStep: z.object({ on: z.boolean(), required: z.boolean() }),
      passkeys: z.array(passkeyShape).readonly(),
      totp: z.object({ createdAt: z.string() }).nullable(),
      sms: z.object({ number: z.string().optional(), createdAt: z.string().optional(), possible: z.boolean() }),
      recoveryCodesLeft: z.int(),
      replies: z.object({ on: z.boolean(), locked: z.boolean() }),
      confirmBy: z.array(z.enum(["passkey", "totp", "sms", "recovery", "mail"])).readonly(),
      confirmedUntil: z.string().nullable(),
    })
    .openapi("Security"),
);
export const secondStepChange = wire<SecondStepChange>()(
  z.strictObject({ on: z.boolean() }).openapi("SecondStepChange"),
);
export const repliesChange = wire<RepliesChange>()(z.strictObject({ on: z.boolean() }).openapi("RepliesChange"));
export const recoveryCodes = wire<RecoveryCodes>()(
  z.object({ codes: z.array(z.string()).readonly() }).openapi("RecoveryCodes"),
);
