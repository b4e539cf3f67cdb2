/** Schemas of keyrings: lengths of keys and wraps are checked, what is inside is the member's own. */
import { z } from "@hono/zod-openapi";
import { type Keyring, type KeyringCreation, type KeySlot, LIMITS } from "@pli/core/wire";
import { bytesText, lineText, passwordParams, someBytesText, wire } from "../../http/schema.ts";

/** Public keys: X-Wing (1216 bytes), Ed25519 (32). */
const KEM_PUBLIC_BYTES = 1216;
const SIGN_PUBLIC_BYTES = 32;
const SLOT_ID_BYTES = 16;
/** nonce 12, seed 32, tag 16 */
const WRAPPED_SEED_BYTES = 60;

export const slotId = bytesText(SLOT_ID_BYTES);

const slotName = lineText(LIMITS.nameCharacters);

const keySlotShape = z.strictObject({
  slotId,
  kind: z.enum(["passphrase", "recovery", "device", "passkey"]),
  name: slotName,
  wrappedSeed: bytesText(WRAPPED_SEED_BYTES),
  argon2: passwordParams.optional(),
  credentialId: someBytesText(1, LIMITS.credentialIdBytes).optional(),
});
const stretched = (slot: { kind: string; argon2?: unknown }) =>
  (slot.kind === "passphrase") === (slot.argon2 !== undefined);
const named = (slot: { kind: string; credentialId?: string | undefined }) =>
  (slot.kind === "passkey") === (slot.credentialId !== undefined);

export const keySlot = wire<KeySlot>()(
  keySlotShape
    .refine(stretched, { path: ["argon2"], message: "with a passphrase, and only there" })
    .refine(named, { path: ["credentialId"], message: "with a passkey, and only there" })
    .openapi("KeySlot"),
);

export const keyringCreation = wire<KeyringCreation>()(
  z
    .strictObject({
      kemPublic: bytesText(KEM_PUBLIC_BYTES),
      signPublic: bytesText(SIGN_PUBLIC_BYTES),
      slots: z.array(keySlot).min(1).max(LIMITS.keySlots),
    })
    .openapi("KeyringCreation"),
);

export const keyring = wire<Keyring>()(
  z
    .object({
      kemPublic: z.string(),
      signPublic: z.string(),
      slots: z.array(
        keySlotShape.extend({ argon2: passwordParams.extend({ lanes: z.int() }).optional(), createdAt: z.string() }),
      ),
    })
    .openapi("Keyring"),
);

export const slotRename = z.strictObject({ name: slotName }).openapi("KeySlotRename");
