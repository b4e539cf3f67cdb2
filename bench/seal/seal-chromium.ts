/**
 * Sealing and opening 1 GiB in a worker of Chromium, beside `openssl speed` on one core before and after. The worker measures by its own
 * clock and nothing travels meanwhile, so that what drives the browser does not disturb.
 */
import { fileURLToPath } from "node:url";
import { runInChromium } from "../../packages/core/browser-tests/chromium-page.ts";
import { type Figure, median, ratioFigure } from "../figure.ts";
import type { Rates } from "./chromium/rates.ts";
import { opensslSpeed } from "./openssl-speed.ts";

export const name = "seal-chromium";

const OPENSSL_ROUNDS = 3;
const GOAL = 0.33;

export async function run(): Promise<readonly Figure[]> {
  const limit: number[] = [];
  const measureLimit = async () => {
    for (let round = 0; round < OPENSSL_ROUNDS; round++) limit.push(await opensslSpeed());
  };
  await measureLimit();
  const rates = await runInChromium<Rates>(fileURLToPath(new URL("./chromium", import.meta.url)));
  await measureLimit();
  const yardstick = median(limit);
  const against = `openssl speed aes-256-gcm, ${Math.round(yardstick)} MB/s`;
  return [
    { figure: "seal 1 GiB in a worker", value: median(rates.seal) },
    { figure: "open 1 GiB in a worker", value: median(rates.open) },
  ].map(({ figure, value }) =>
    ratioFigure({ bench: name, figure, unit: "MB/s", value, ratio: value / yardstick, against, goal: GOAL }),
  );
}
