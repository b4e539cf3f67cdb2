/** The published vectors (vectors/), for suites. */

import commitment from "../../../vectors/commitment.json" with { type: "json" };
import content from "../../../vectors/content.json" with { type: "json" };
import envelope from "../../../vectors/envelope.json" with { type: "json" };
import grant from "../../../vectors/grant.json" with { type: "json" };
import keyring from "../../../vectors/keyring.json" with { type: "json" };
import manifest from "../../../vectors/manifest.json" with { type: "json" };
import own from "../../../vectors/own.json" with { type: "json" };
import receipts from "../../../vectors/receipts.json" with { type: "json" };
import sealed from "../../../vectors/sealed.json" with { type: "json" };
import secrets from "../../../vectors/secrets.json" with { type: "json" };
import slots from "../../../vectors/slots.json" with { type: "json" };
import { utf8 } from "../src/bytes.ts";
import type { CryptoProvider } from "../src/sealing/provider.ts";

export const vectors = {
  commitment,
  content,
  envelope,
  grant,
  keyring,
  manifest,
  own,
  receipts,
  sealed,
  secrets,
  slots,
};

const made = new Map<string, Uint8Array>();

/** Plaintext of a content vector: SHA-256(label ‖ u32 big-endian) for 0, 1, …, cut to size. */
export async function vectorPlaintext(crypto: CryptoProvider, name: string, sizeBytes: number): Promise<Uint8Array> {
  const known = made.get(name);
  if (known !== undefined) return known;
  const label = utf8(`plaintext|public|${name}|`);
  const block = new Uint8Array(label.length + 4);
  block.set(label);
  const all = new Uint8Array(Math.ceil(sizeBytes / 32) * 32);
  for (let i = 0; i * 32 < sizeBytes; i++) {
    new DataView(block.buffer).setUint32(label.length, i);
    all.set(await crypto.sha256(block), i * 32);
  }
  const plaintext = all.subarray(0, sizeBytes);
  made.set(name, plaintext);
  return plaintext;
}
