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
} from "@pli/core/wire";

const language = z.enum(LANGUAGES as ["fr", "en"]);
const notify = z.enum(["first", "each", "never"]);
const address = z
  .string()
  .trim()
  .min(3)
  .max(LIMITS.addressCharacters)
  .regex(/^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+$/);
const openings = z.int().min(LIMITS.openingsMin).max(LIMITS.openingsMax);

const defaults = z.strictObject({
  openings,
  openingsWithFactor: openings,
  expiryHours: z.int().min(LIMITS.expiryMinHours).max(LIMITS.expiryMaxHours),
  recipientLanguage: language,
  notify,
});

const defaultsChange = z.strictObject({
  openings: openings.exactOptional(),
  openingsWithFactor: openings.exactOptional(),
  expiryHours: defaults.shape.expiryHours.exactOptional(),
  recipientLanguage: language.exactOptional(),
  notify: notify.exactOptional(),
});

export const serverInfo = z
  .object({
    product: z.literal("pli"),
    version: z.string(),
    protocol: z.literal(1),
    organisation: z.string(),
    origin: z.string(),
    languages: z.array(language).readonly(),
    devMailbox: z.boolean(),
  })
  .openapi("ServerInfo") satisfies z.ZodType<ServerInfo>;

export const robotChallenge = z
  .object({
    algorithm: z.literal("SHA-256"),
    challenge: z.string(),
    maxnumber: z.int(),
    salt: z.string(),
    signature: z.string(),
  })
  .openapi("RobotChallenge") satisfies z.ZodType<RobotChallenge>;

export const signInLinkRequest = z
  .strictObject({ address, language, robotCheck: z.string().min(1).max(1000) })
  .openapi("SignInLinkRequest") satisfies z.ZodType<SignInLinkRequest>;

export const signInLinkAnswer = z
  .object({ check: z.string(), expiresAt: z.string() })
  .openapi("SignInLinkAnswer") satisfies z.ZodType<SignInLinkAnswer>;

export const signInRequest = z
  .strictObject({ token: z.string().min(1).max(200), check: z.string().max(20).exactOptional() })
  .openapi("SignInRequest") satisfies z.ZodType<SignInRequest>;

export const account = z
  .object({
    memberId: z.string(),
    address: z.string(),
    name: z.string(),
    role: z.enum(["owner", "administrator", "member"]),
    organisation: z.object({ organisationId: z.string(), name: z.string() }),
    timeZone: z.string(),
    language,
    defaults,
    welcome: z.object({ profile: z.boolean(), keyring: z.boolean(), firstMessage: z.boolean() }),
    keyring: z.object({ kemPublic: z.string(), signPublic: z.string(), hasRecovery: z.boolean() }).nullable(),
    unread: z.int(),
  })
  .openapi("Account") satisfies z.ZodType<Account>;

export const accountChange = z
  .strictObject({
    name: z
      .string()
      .max(LIMITS.nameCharacters * 2)
      .exactOptional(),
    timeZone: z.string().min(1).max(64).exactOptional(),
    language: language.exactOptional(),
    defaults: defaultsChange.exactOptional(),
  })
  .openapi("AccountChange") satisfies z.ZodType<AccountChange>;

export const sessions = z
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
  .openapi("Sessions") satisfies z.ZodType<readonly Session[]>;
