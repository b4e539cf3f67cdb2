/** Schemas of the accounts' JSON. Each is checked against the wire's type by the compiler. */
import { z } from "@hono/zod-openapi";
import {
  type Account,
  type AccountChange,
  LANGUAGES,
  LIMITS,
  type RobotChallenge,
  type ServerInfo,
  type Session,
  type SignInLinkAnswer,
  type SignInLinkRequest,
  type SignInRequest,
  type Usage,
} from "@pli/core/wire";
import { wire } from "../../http/schema.ts";
import { policiesSchema } from "../policies/index.ts";

const language = z.enum(LANGUAGES);
const notify = z.enum(["first", "each", "never"]);
const address = z
  .string()
  .trim()
  .min(3)
  .max(LIMITS.addressCharacters)
  .regex(/^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+$/);
const openings = z.int().min(LIMITS.openingsMin).max(LIMITS.openingsMax);

const mobileCountry = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .optional();
const defaults = z.strictObject({
  openings,
  openingsWithFactor: openings,
  expiryHours: z.int().min(LIMITS.expiryMinHours).max(LIMITS.expiryMaxHours),
  recipientLanguage: language,
  notify,
  protect: z.enum(["message", "attachments"]),
});

export const serverInfo = wire<ServerInfo>()(
  z
    .object({
      product: z.literal("pli"),
      version: z.string(),
      protocol: z.literal(1),
      organisation: z.string(),
      origin: z.string(),
      languages: z.array(language).readonly(),
      devMailbox: z.boolean(),
      sms: z.boolean(),
      smsCountries: z.array(z.string()).readonly().optional(),
    })
    .openapi("ServerInfo"),
);

export const robotChallenge = wire<RobotChallenge>()(
  z
    .object({
      algorithm: z.literal("SHA-256"),
      challenge: z.string(),
      maxnumber: z.int(),
      salt: z.string(),
      signature: z.string(),
    })
    .openapi("RobotChallenge"),
);

export const signInLinkRequest = wire<SignInLinkRequest>()(
  z.strictObject({ address, language, robotCheck: z.string().min(1).max(1000) }).openapi("SignInLinkRequest"),
);

export const signInLinkAnswer = wire<SignInLinkAnswer>()(
  z.object({ check: z.string(), expiresAt: z.string() }).openapi("SignInLinkAnswer"),
);

export const signInRequest = wire<SignInRequest>()(
  z.strictObject({ token: z.string().min(1).max(200), check: z.string().max(20).optional() }).openapi("SignInRequest"),
);

export const account = wire<Account>()(
  z
    .object({
      memberId: z.string(),
      address: z.string(),
      name: z.string(),
      role: z.enum(["owner", "administrator", "member"]),
      organisation: z.object({ organisationId: z.string(), name: z.string() }),
      timeZone: z.string(),
      language,
      defaults,
      mobileCountry,
      policies: policiesSchema,
      welcome: z.object({ profile: z.boolean(), keyring: z.boolean(), firstMessage: z.boolean() }),
      keyring: z.object({ kemPublic: z.string(), signPublic: z.string(), hasRecovery: z.boolean() }).nullable(),
      unread: z.int(),
    })
    .openapi("Account"),
);

export const accountChange = wire<AccountChange>()(
  z
    .strictObject({
      name: z
        .string()
        .max(LIMITS.nameCharacters * 2)
        .optional(),
      timeZone: z.string().min(1).max(64).optional(),
      language: language.optional(),
      defaults: defaults.partial().optional(),
      mobileCountry,
    })
    .openapi("AccountChange"),
);

const count = z.int().min(0);
export const usage = wire<Usage>()(
  z
    .object({
      months: z
        .array(
          z.object({
            month: z.string(),
            messages: count,
            recipients: count,
            sizeBytes: count,
            sms: count,
            replies: count,
          }),
        )
        .readonly(),
    })
    .openapi("Usage"),
);

export const sessions = wire<readonly Session[]>()(
  z
    .array(
      z.object({
        sessionId: z.string(),
        kind: z.enum(["browser", "token"]),
        name: z.string(),
        createdAt: z.string(),
        lastSeenAt: z.string(),
        current: z.boolean(),
      }),
    )
    .readonly()
    .openapi("Sessions"),
);
