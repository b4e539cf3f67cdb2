/**
 * Key slots (spec: protocol.md Z10): ways to unlock the keyring. The server keeps them and can use none.
 *
 *     KEK     = HKDF-SHA256(secret, salt = slot id, info = "pli/1/slot/<kind>", 32)
 *     wrapped = nonce (12) ‖ AES-256-GCM(KEK, nonce, seed, associated data = "pli/1/slot/<kind>/<slot id>")
 *
 * secret: passphrase → its Argon2id hash; recovery → the 160 random bits; passkey → the 32 bytes that the authenticator makes of
 * PASSKEY_PRF_INPUT (WebAuthn PRF extension). A device slot has no KEK: the device's own key, which cannot be taken out of the browser,
 * does the wrapping.
 */
import { concatBytes, fromBase64url, toBase64url, toHex, utf8 } from "../bytes.ts";
import { PliError } from "../errors.ts";
import { webAead } from "../web-aead.ts";
import type { KeySlot, KeySlotKind } from "../wire/account.ts";
import { asSeed, type Seed } from "./keys.ts";
import { newPasswordParams } from "./new-password.ts";
import { stretchPassword } from "./password-hash.ts";
import type { Aead, Argon2Cost, CryptoProvider } from "./provider.ts";

export type { KeySlot, KeySlotKind } from "../wire/account.ts";

const ID_BYTES = 16;
const NONCE_BYTES = 12;
const WRAPPED_BYTES = NONCE_BYTES + 32 + 16;
const RECOVERY_BYTES = 20;
const PRF_BYTES = 32;

/**
 * What the authenticator is asked to evaluate (`prf.eval.first`, as UTF-8): the same for every slot, so that one touch signs in and unlocks before
 * anybody knows which slot it will be. Slots are told apart by the salt of the KEK.
 */
export const PASSKEY_PRF_INPUT = "pli/1/slot/passkey";

function label(kind: KeySlotKind, slotId: string): Uint8Array {
  return utf8(`pli/1/slot/${kind}/${slotId}`);
}

async function slotAead(crypto: CryptoProvider, kind: KeySlotKind, slotId: string, secret: Uint8Array): Promise<Aead> {
  const kek = await crypto.hkdfSha256(secret, fromBase64url(slotId, ID_BYTES), `pli/1/slot/${kind}`, 32);
  return crypto.aes256Gcm(kek);
}

async function wrapSeed(crypto: CryptoProvider, aead: Aead, kind: KeySlotKind, slotId: string, seed: Seed) {
  // Safe: 96 random bits; a KEK seals once, a device key a handful of times in its life.
  const nonce = crypto.randomBytes(NONCE_BYTES);
  return toBase64url(concatBytes(nonce, await aead.seal(nonce, seed, label(kind, slotId))));
}

function parseWrapped(slot: KeySlot): Uint8Array {
  try {
    return fromBase64url(slot.wrappedSeed, WRAPPED_BYTES);
  } catch {
    throw new PliError("integrity");
  }
}

async function unwrapSeed(aead: Aead, kind: KeySlotKind, slot: KeySlot): Promise<Seed> {
  const wrapped = parseWrapped(slot);
  const nonce = wrapped.subarray(0, NONCE_BYTES);
  return asSeed(await aead.open(nonce, wrapped.subarray(NONCE_BYTES), label(kind, slot.slotId)));
}

/** A wrong secret and a changed slot look alike; what people can do about it is to try again. */
async function unwrapWithSecret(aead: Aead, kind: KeySlotKind, slot: KeySlot): Promise<Seed> {
  parseWrapped(slot);
  try {
    return await unwrapSeed(aead, kind, slot);
  } catch (error) {
    if (error instanceof PliError && error.code === "integrity") throw new PliError("wrong_password");
    throw error;
  }
}

function expectKind(slot: KeySlot, kind: KeySlotKind): void {
  if (slot.kind !== kind) throw new PliError("bad_input", { details: { field: "kind" } });
}

/** @throws PliError `bad_input` on an empty passphrase or a cost out of bounds */
export async function createPassphraseSlot(
  crypto: CryptoProvider,
  options: { readonly seed: Seed; readonly passphrase: string; readonly name: string; readonly argon2?: Argon2Cost },
): Promise<KeySlot> {
  const kind = "passphrase";
  const slotId = toBase64url(crypto.randomBytes(ID_BYTES));
  const argon2 = newPasswordParams(crypto, options.argon2);
  const aead = await slotAead(crypto, kind, slotId, await stretchPassword(crypto, options.passphrase, argon2));
  const wrappedSeed = await wrapSeed(crypto, aead, kind, slotId, options.seed);
  return { slotId, kind, name: options.name, wrappedSeed, argon2 };
}

/** @throws PliError `wrong_password`; `bad_input` when the slot's parameters are out of bounds */
export async function openPassphraseSlot(
  crypto: CryptoProvider,
  options: { readonly slot: KeySlot; readonly passphrase: string },
): Promise<Seed> {
  const { slot, passphrase } = options;
  expectKind(slot, "passphrase");
  if (slot.argon2 === undefined) throw new PliError("bad_input", { details: { field: "argon2" } });
  const secret = await stretchPassword(crypto, passphrase, slot.argon2);
  return unwrapWithSecret(await slotAead(crypto, "passphrase", slot.slotId, secret), "passphrase", slot);
}

/** The slot for the server, and the code for the recovery kit, which is shown once and kept nowhere. */
export interface NewRecovery {
  readonly slot: KeySlot;
  /** 15 words of a BIP-39 list */
  readonly words: readonly string[];
  /** The same 160 bits as 40 hex digits */
  readonly hex: string;
}

/** @param options.language of the words; languages without a BIP-39 list get English */
export async function createRecoverySlot(
  crypto: CryptoProvider,
  options: { readonly seed: Seed; readonly name: string; readonly language: string },
): Promise<NewRecovery> {
  const kind = "recovery";
  const slotId = toBase64url(crypto.randomBytes(ID_BYTES));
  const secret = crypto.randomBytes(RECOVERY_BYTES);
  const aead = await slotAead(crypto, kind, slotId, secret);
  const wrappedSeed = await wrapSeed(crypto, aead, kind, slotId, options.seed);
  const { recoveryWords } = await import("./recovery-words.ts");
  const words = await recoveryWords(secret, options.language);
  return { slot: { slotId, kind, name: options.name, wrappedSeed }, words, hex: toHex(secret) };
}

/**
 * @param options.words as typed: any case, accents or not, extra spaces, the first four letters of each word, or the 40 hex digits
 * @throws PliError `wrong_password` when they are not a recovery code, or not this slot's
 */
export async function openRecoverySlot(
  crypto: CryptoProvider,
  options: { readonly slot: KeySlot; readonly words: string | readonly string[] },
): Promise<Seed> {
  const { slot, words } = options;
  expectKind(slot, "recovery");
  const { recoverySecrets } = await import("./recovery-words.ts");
  const typed = typeof words === "string" ? words : words.join(" ");
  for (const secret of await recoverySecrets(typed)) {
    const aead = await slotAead(crypto, "recovery", slot.slotId, secret);
    const seed = await unwrapWithSecret(aead, "recovery", slot).catch((error: unknown) => {
      if (error instanceof PliError && error.code === "wrong_password") return null;
      throw error;
    });
    if (seed !== null) return seed;
  }
  throw new PliError("wrong_password");
}

/** @throws PliError `bad_input` when `prf` is not what the extension answers with: 32 bytes, not all of them zero */
async function passkeyAead(crypto: CryptoProvider, slotId: string, prf: Uint8Array): Promise<Aead> {
  if (prf.length !== PRF_BYTES || prf.every((byte) => byte === 0)) {
    throw new PliError("bad_input", { details: { field: "prf" } });
  }
  return slotAead(crypto, "passkey", slotId, prf);
}

/**
 * @param options.credentialId of the passkey, base64url: whom to ask when the slot is to be opened
 * @param options.prf 32 bytes: the extension's `results.first` for PASSKEY_PRF_INPUT, with user verification
 * @throws PliError `bad_input`
 */
export async function createPasskeySlot(
  crypto: CryptoProvider,
  options: {
    readonly seed: Seed;
    readonly name: string;
    readonly credentialId: string;
    readonly prf: Uint8Array;
  },
): Promise<KeySlot> {
  const kind = "passkey";
  const slotId = toBase64url(crypto.randomBytes(ID_BYTES));
  const aead = await passkeyAead(crypto, slotId, options.prf);
  const wrappedSeed = await wrapSeed(crypto, aead, kind, slotId, options.seed);
  return { slotId, kind, name: options.name, wrappedSeed, credentialId: options.credentialId };
}

/** @throws PliError `wrong_password` when the slot is another passkey's, or was changed; `bad_input` */
export async function openPasskeySlot(
  crypto: CryptoProvider,
  options: { readonly slot: KeySlot; readonly prf: Uint8Array },
): Promise<Seed> {
  const { slot, prf } = options;
  expectKind(slot, "passkey");
  return unwrapWithSecret(await passkeyAead(crypto, slot.slotId, prf), "passkey", slot);
}

function deviceAead(deviceKey: CryptoKey | Aead): Aead {
  return "seal" in deviceKey ? deviceKey : webAead(deviceKey);
}

/** @param options.deviceKey AES-256-GCM key of this browser, non-extractable, kept in its storage */
export async function createDeviceSlot(
  crypto: CryptoProvider,
  options: { readonly seed: Seed; readonly name: string; readonly deviceKey: CryptoKey | Aead },
): Promise<KeySlot> {
  const kind = "device";
  const slotId = toBase64url(crypto.randomBytes(ID_BYTES));
  const wrappedSeed = await wrapSeed(crypto, deviceAead(options.deviceKey), kind, slotId, options.seed);
  return { slotId, kind, name: options.name, wrappedSeed };
}

/** @throws PliError `integrity` when the slot is another device's, or was changed */
export async function openDeviceSlot(
  _crypto: CryptoProvider,
  options: { readonly slot: KeySlot; readonly deviceKey: CryptoKey | Aead },
): Promise<Seed> {
  expectKind(options.slot, "device");
  return unwrapSeed(deviceAead(options.deviceKey), "device", options.slot);
}
