/** What our published vectors are made with: randomness that is SHA-256 of a label and a counter, so that every run gives the same bytes. */
import { concatBytes, utf8 } from "../src/bytes.ts";
import type { CryptoProvider } from "../src/sealing/provider.ts";
import { withRandomness } from "./harness.ts";

export const BINARY = "Binary values are base64url without padding.";
export const PLAIN_COST = { memoryKiB: 19_456, passes: 2, lanes: 1 };

/** `lengthBytes` bytes that depend on `label` alone. */
export async function fixed(crypto: CryptoProvider, label: string, lengthBytes: number): Promise<Uint8Array> {
  const blocks: Uint8Array[] = [];
  for (let i = 0; i * 32 < lengthBytes; i++) blocks.push(await crypto.sha256(utf8(`vector|public|${label}|${i}`)));
  return concatBytes(...blocks).slice(0, lengthBytes);
}

/** `crypto`, whose randomness is so many bytes of each length, then ends. */
export async function fixedCrypto(
  crypto: CryptoProvider,
  label: string,
  ...lengths: number[]
): Promise<CryptoProvider> {
  const values = await Promise.all(lengths.map((length, index) => fixed(crypto, `${label}/${index}`, length)));
  return withRandomness(crypto, ...values);
}
