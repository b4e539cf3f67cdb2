/** Schemas of keyrings: lengths of keys and wraps are checked, what is inside is the member's own. */
import { z } from "@hono/zod-openapi";
import { fromBase64url } from "@pli/core/bytes";
import { type Keyring, LIMITS } from "@pli/core/wire";

/** Public keys: X-Wing (1216 bytes), Ed25519 (32). */
const KEM_PUBLIC_BYTES = 1216;
const SIGN_PUBLIC_BYTES = 32;
const SLOT_ID_BYTES = 16;
/** nonce 12, seed 32, tag 16 */
const WRAPPED_SEED_BYTES = 60;

function binary(lengthBytes: number) {
  return z
    .string()
    .length(Math.ceil((lengthBytes * 4) / 3))
    .refine((text) => {
      try {
        fromBase64url(text, lengthBytes);
        return true;
      } catch {
        return false;
      }
    }, `${lengthBytes} bytes, base64url`);
}

export const slotId = binary(SLOT_ID_BYTES);

const slotName = z
  .string()
  .trim()
  .min(1)
  .max(LIMITS.nameCharacters)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u);

/** The floor of Z6; the ceiling keeps a slot from being unusable on any device. */
const argon2 = z.strictObject({
  salt: binary(16),
  memoryKiB: z
    .int()
    .min(19 * 1024)
    .max(1024 * 1024),
  passes: z.int().min(2).max(16),
  lanes: z.literal(1),
});

const keySlotShape = z.strictObject({
  slotId,
  kind: z.enum(["passphrase", "recovery", "device", "passkey"]),
  name: slotName,
  wrappedSeed: binary(WRAPPED_SEED_BYTES),
  argon2: argon2.exactOptional(),
});
const stretched = (slot: { kind: string; argon2?: unknown }) =>
  (slot.kind === "passphrase") === (slot.argon2 !== undefined);

export const keySlot = keySlotShape
  .refine(stretched, { path: ["argon2"], message: "with a passphrase, and only there" })
  .openapi("KeySlot");

export const keyringCreation = z
  .strictObject({
    kemPublic: binary(KEM_PUBLIC_BYTES),
    signPublic: binary(SIGN_PUBLIC_BYTES),
    slots: z.array(keySlot).min(1).max(LIMITS.keySlots),
  })
  .openapi("KeyringCreation");

export const keyring = z
  .object({
    kemPublic: z.string(),
    signPublic: z.string(),
    slots: z
      .array(
        keySlotShape.extend({
          argon2: argon2.extend({ lanes: z.int() }).exactOptional(),
          createdAt: z.string(),
        }),
      )
      .readonly(),
  })
  .openapi("Keyring") satisfies z.ZodType<Keyring, unknown>;

export const slotRename = z.strictObject({ name: slotName }).openapi("KeySlotRename");
