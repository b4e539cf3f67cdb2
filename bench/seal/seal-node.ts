/** Sealing and opening 1 GiB in Node, on the main thread alone, beside `openssl speed` on one core; rounds alternate. */
import { nodeCrypto } from "@pli/core/crypto-node";
import { type Figure, median, ratioFigure } from "../figure.ts";
import { opensslSpeed } from "./openssl-speed.ts";
import { sealAndOpen } from "./seal-and-open.ts";

export const name = "seal-node";

const ROUNDS = 5;
const GOAL = 0.85;

export async function run(): Promise<readonly Figure[]> {
  await sealAndOpen(nodeCrypto); // warm-up
  const limit: number[] = [];
  const seal: number[] = [];
  const open: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    limit.push(await opensslSpeed());
    const rates = await sealAndOpen(nodeCrypto);
    seal.push(rates.seal);
    open.push(rates.open);
  }
  const yardstick = median(limit);
  const against = `openssl speed aes-256-gcm, ${Math.round(yardstick)} MB/s`;
  return [
    { figure: "seal 1 GiB", value: median(seal) },
    { figure: "open 1 GiB", value: median(open) },
  ].map(({ figure, value }) =>
    ratioFigure({ bench: name, figure, unit: "MB/s", value, ratio: value / yardstick, against, goal: GOAL }),
  );
}
