/**
 * The HPKE suite itself, by @hpke/core and @hpke/hybridkem-x-wing: apart, because it weighs 19 kB. Import it dynamically only.
 * The recipient's key is used as the X-Wing decapsulation key as it is: the library's `deriveKeyPair` would derive once more.
 */
import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { concatBytes, utf8 } from "../bytes.ts";
import { PliError } from "../errors.ts";
import type { CryptoProvider } from "./provider.ts";

const ENC_BYTES = 1120;
/** Randomness of one X-Wing encapsulation: 32 bytes for ML-KEM-768, 32 for X25519. */
const ENCAPSULATION_SEED_BYTES = 64;

const kem = new XWing();
const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** Exactly these bytes in memory of their own: the library passes on whole underlying buffers. */
function own(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** Public key of a decapsulation key: 1216 bytes of 32. */
export async function kemPublicOf(kemPrivate: Uint8Array): Promise<Uint8Array> {
  const pair = await kem.generateKeyPairDerand(new Uint8Array(kemPrivate));
  return new Uint8Array(await kem.serializePublicKey(pair.publicKey));
}

export async function hpkeSeal(
  crypto: CryptoProvider,
  message: { publicKey: Uint8Array; info: string; associatedData: string; plaintext: Uint8Array },
): Promise<Uint8Array> {
  let sender: Awaited<ReturnType<typeof suite.createSenderContext>>;
  try {
    sender = await suite.createSenderContext({
      recipientPublicKey: await kem.deserializePublicKey(own(message.publicKey)),
      info: own(utf8(message.info)),
      ekm: own(crypto.randomBytes(ENCAPSULATION_SEED_BYTES)),
    });
  } catch (cause) {
    throw new PliError("bad_input", { cause });
  }
  const ciphertext = await sender.seal(own(message.plaintext), own(utf8(message.associatedData)));
  return concatBytes(new Uint8Array(sender.enc), new Uint8Array(ciphertext));
}

export async function hpkeOpen(
  _crypto: CryptoProvider,
  message: { kemPrivate: Uint8Array; info: string; associatedData: string; sealed: Uint8Array },
): Promise<Uint8Array> {
  try {
    const recipient = await suite.createRecipientContext({
      recipientKey: await kem.deserializePrivateKey(own(message.kemPrivate)),
      enc: own(message.sealed.subarray(0, ENC_BYTES)),
      info: own(utf8(message.info)),
    });
    const ciphertext = own(message.sealed.subarray(ENC_BYTES));
    return new Uint8Array(await recipient.open(ciphertext, own(utf8(message.associatedData))));
  } catch {
    throw new PliError("integrity");
  }
}
