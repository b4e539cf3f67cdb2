/**
 * Sealing to a public key (spec: protocol.md Z9, Z12, Z13): HPKE (RFC 9180) base mode, single shot, KEM X-Wing (0x647a), HKDF-SHA256,
 * AES-256-GCM. sealed = enc (1120 bytes) ‖ ciphertext ‖ tag. The library behind it is loaded on first use, so that a page that only
 * opens content does not carry it. Base mode does not tell who sealed: never take it for a signature.
 */
import { PliError } from "../errors.ts";
import type { CryptoProvider } from "./provider.ts";

/** An envelope's sender key (sender-key.ts), sealed to its own sender; associated data: the envelope's id. */
export const INFO_SELF = "pli/1/self";
/** A reply's content key; associated data: the reply's envelope id. */
export const INFO_REPLY = "pli/1/reply";

/** Bytes of an encapsulated key, of a public key and of a decapsulation key. */
export const ENC_BYTES = 1120;
export const KEM_PUBLIC_BYTES = 1216;
export const KEM_PRIVATE_BYTES = 32;
const TAG_BYTES = 16;

/**
 * Seals to `publicKey`.
 * @param message.associatedData an id as text, taken as UTF-8
 * @returns enc ‖ ciphertext ‖ tag: 1136 bytes more than the plaintext
 * @throws PliError `bad_input` when the public key is not one
 */
export async function sealTo(
  crypto: CryptoProvider,
  message: {
    readonly publicKey: Uint8Array;
    readonly info: string;
    readonly associatedData: string;
    readonly plaintext: Uint8Array;
  },
): Promise<Uint8Array> {
  if (message.publicKey.length !== KEM_PUBLIC_BYTES) throw new PliError("bad_input");
  const { hpkeSeal } = await import("./hpke-suite.ts");
  return hpkeSeal(crypto, message);
}

/**
 * Opens what was sealed to the keyring.
 * @throws PliError `integrity` when it was changed, or made for another key, purpose or id
 */
export async function openSealed(
  crypto: CryptoProvider,
  message: {
    readonly kemPrivate: Uint8Array;
    readonly info: string;
    readonly associatedData: string;
    readonly sealed: Uint8Array;
  },
): Promise<Uint8Array> {
  if (message.kemPrivate.length !== KEM_PRIVATE_BYTES) throw new PliError("bad_input");
  if (message.sealed.length < ENC_BYTES + TAG_BYTES) throw new PliError("integrity");
  const { hpkeOpen } = await import("./hpke-suite.ts");
  return hpkeOpen(crypto, message);
}
