/** Seals and opens in rounds, the first of which does not count. */
import { webCrypto } from "@pli/core/crypto-web";
import { sealAndOpen } from "../seal-and-open.ts";
import type { Rates } from "./rates.ts";

const ROUNDS = 5;

await sealAndOpen(webCrypto);
const rates = { seal: [] as number[], open: [] as number[] } satisfies Rates;
for (let round = 0; round < ROUNDS; round++) {
  const { seal, open } = await sealAndOpen(webCrypto);
  rates.seal.push(seal);
  rates.open.push(open);
}
globalThis.postMessage(rates);
