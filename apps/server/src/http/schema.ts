/**
 * Pieces of request schemas, and the check that a schema says what the wire type says. Unknown members of a body are refused:
 * a misspelt protection must not pass silently.
 */
import { z } from "@hono/zod-openapi";
import { fromBase64url } from "@pli/core/bytes";
import { LIMITS } from "@pli/core/wire";

/** The wire type as zod sees it: an optional member may be there and undefined. JSON has no undefined, so nothing changes. */
export type Loose<T> = T extends readonly (infer Item)[]
  ? readonly Loose<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Loose<T[K]> | (Record<never, never> extends Pick<T, K> ? undefined : never) }
    : T;

/** A schema whose values are of the wire type T: does not compile otherwise. */
export function wire<T>() {
  return <S extends z.ZodType<Loose<T>>>(schema: S): S => schema;
}

/** What passed the schema, as the wire type: JSON.parse never makes an undefined member, so the two are the same. */
export function asWire<T>(value: Loose<T>): T {
  return value as T;
}

function decodes(text: string, lengthBytes: number | undefined): boolean {
  try {
    fromBase64url(text, lengthBytes);
    return true;
  } catch {
    return false;
  }
}

/** Exactly `lengthBytes` bytes in base64url without padding. */
export function bytesText(lengthBytes: number) {
  const characters = Math.ceil((lengthBytes * 4) / 3);
  return z
    .string()
    .length(characters)
    .refine((text) => decodes(text, lengthBytes))
    .openapi({ format: "base64url", description: `${lengthBytes} bytes, base64url without padding` });
}

/** Some bytes in base64url without padding. */
export function someBytesText(minBytes: number, maxBytes: number) {
  return z
    .string()
    .min(Math.ceil((minBytes * 4) / 3))
    .max(Math.ceil((maxBytes * 4) / 3))
    .refine((text) => decodes(text, undefined))
    .openapi({ format: "base64url", description: `${minBytes} to ${maxBytes} bytes, base64url without padding` });
}

const ADDRESS = /^[^\s@<>"(),:;\\[\]\p{C}\p{Z}]{1,64}@[^\s@<>"(),:;\\[\]\p{C}\p{Z}]+$/u;

export const addressText = z
  .string()
  .max(LIMITS.addressCharacters)
  .regex(ADDRESS)
  .openapi({ format: "email", example: "jeanne@courriel.example" });

/** One line for people: no control characters, no line breaks, no direction tricks. */
export function lineText(maxCharacters: number) {
  return z
    .string()
    .min(1)
    .max(maxCharacters)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+$/u);
}

/** Parameters of Argon2id that are taken. The floor of Z6; the ceiling keeps a password from being unusable on any device. */
export const passwordParams = z.strictObject({
  salt: bytesText(16),
  memoryKiB: z
    .int()
    .min(19 * 1024)
    .max(256 * 1024),
  passes: z.int().min(2).max(8),
  lanes: z.literal(1),
});

/** The same as they are told to whoever has to stretch a password. */
export const toldPasswordParams = z.object({
  salt: z.string(),
  memoryKiB: z.number(),
  passes: z.number(),
  lanes: z.number(),
});

export const timeText = z.iso.datetime().openapi({ format: "date-time", example: "2026-12-24T18:00:00.000Z" });

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    details: z
      .object({
        field: z.string().optional(),
        state: z.string().optional(),
        limit: z.number().optional(),
        triesLeft: z.number().optional(),
        retryAfterSeconds: z.number().optional(),
        rule: z.string().optional(),
      })
      .optional(),
    requestId: z.string().optional(),
  })
  .openapi("Problem");

/** The answer that every operation may give. */
export const problems = {
  default: {
    description: "A problem (RFC 9457); `code` says which",
    content: { "application/problem+json": { schema: problemSchema } },
  },
} as const;

/** The answers of an operation that says no more than that it is done. */
export const done = { 204: { description: "Done" }, ...problems } as const;

export function jsonAnswer<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { "application/json": { schema } } };
}

export function jsonBody<S extends z.ZodType>(schema: S) {
  return { content: { "application/json": { schema } }, required: true } as const;
}

/** What hono's types want of an answer: the wire types are readonly, JSON does not care. */
export type Writable<T> = T extends readonly (infer Item)[]
  ? Writable<Item>[]
  : T extends object
    ? { -readonly [K in keyof T]: Writable<T[K]> }
    : T;

/** The same value, for `c.json`. */
export function answer<T>(value: T): Writable<T> {
  return value as Writable<T>;
}
