/**
 * From the click on the mail's link to readable text, as a person on a middling phone has it: Chromium at a quarter of its speed, a slow 4G
 * line (1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back), a browser that never was here. Counted: landing until its button can be
 * pressed, button until the code is asked for, last digit until the text stands. Not counted: reading the mail and typing its code. With the
 * figures of the browser's own performance API: first paint, slowest answer to a press or a key, layout shift. And how many answers had to be
 * waited for one after the other, which no busy machine changes.
 */
import type { Page, Request } from "playwright-core";
import { codeFor, loginCli, openBrowser, sendByCli, startServer, type TestBrowser } from "../e2e/harness.ts";
import { buildWeb } from "../tools/build.ts";
import { ceilingFigure, type Figure, median } from "./figure.ts";
import { withScope } from "./workshop.ts";

export const name = "open-click";

const ROUNDS = 7;
const SLOWER = 4;
const LINE = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};
/** Finding the mail and its eight digits takes a quick reader as long. */
const READING_MS = 3000;

const GOALS = {
  /** The issue's own. */
  readableSeconds: 2.5,
  /** What web.dev calls good: first contentful paint, interaction to next paint. */
  firstPaintSeconds: 1.8,
  interactionMs: 200,
  layoutShift: 0,
  /** Page, and what it names; the code; the opening: each can be asked for only when the one before it is there. */
  landingWays: 2,
  askedWays: 2,
  openedWays: 1,
} as const;

interface Opening {
  readonly readableMs: number;
  readonly landingMs: number;
  readonly askedMs: number;
  readonly openedMs: number;
  readonly firstPaintMs: number;
  readonly interactionMs: number;
  readonly layoutShift: number;
  readonly landingWays: number;
  readonly askedWays: number;
  readonly openedWays: number;
}

/** What the page notes of itself from its first moment. */
interface Noted {
  interactionMs: number;
  layoutShift: number;
}

function watch(): void {
  const noted: Noted = { interactionMs: 0, layoutShift: 0 };
  Object.defineProperty(globalThis, "noted", { value: noted });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
      // what follows a press is what was asked for
      if (!hadRecentInput) noted.layoutShift += value;
    }
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { interactionId } = entry as PerformanceEntry & { interactionId?: number };
      if (interactionId) noted.interactionMs = Math.max(noted.interactionMs, entry.duration);
    }
  }).observe({ type: "event", buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
}

/** Counts the answers that a step waited for one after the other: the longest row of requests of which each begins after the end of the one before. */
function watchWays(page: Page): { take(): number } {
  const going = new Map<Request, number>();
  let done = 0;
  const end = (request: Request) => {
    done = Math.max(done, going.get(request) ?? 0);
    going.delete(request);
  };
  page.on("request", (request) => going.set(request, done + 1));
  page.on("requestfinished", end);
  page.on("requestfailed", end);
  return {
    take: () => {
      const ways = done;
      done = 0;
      // what is still on its way counts from here on: the next step may wait for it
      for (const request of going.keys()) going.set(request, 1);
      return ways;
    },
  };
}

/** @returns milliseconds */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

async function slowPage(browser: TestBrowser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", LINE);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(watch);
  return page;
}

async function open(
  browser: TestBrowser,
  server: Parameters<typeof codeFor>[0],
  link: string,
  address: string,
): Promise<Opening> {
  const page = await slowPage(browser);
  const ways = watchWays(page);
  const landingMs = await timed(async () => {
    await page.goto(link, { waitUntil: "commit" });
    await page.locator(".btn--primary").waitFor();
  });
  const landingWays = ways.take();
  const field = page.locator('input[autocomplete="one-time-code"]');
  const askedMs = await timed(async () => {
    await page.locator(".btn--primary").click();
    await field.waitFor();
  });
  const askedWays = ways.take();
  const code = await codeFor(server, address);
  await page.waitForTimeout(READING_MS);
  await field.focus();
  await page.keyboard.type(code.slice(0, -1));
  ways.take();
  const openedMs = await timed(async () => {
    await page.keyboard.type(code.slice(-1));
    await page.locator(".letter__text").waitFor();
  });
  const openedWays = ways.take();
  const paint = await page.evaluate(
    () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.POSITIVE_INFINITY,
  );
  const noted = await page.evaluate(() => (globalThis as unknown as { noted: Noted }).noted);
  await page.context().close();
  const counted = { landingWays, askedWays, openedWays };
  return {
    ...noted,
    ...counted,
    firstPaintMs: paint,
    landingMs,
    askedMs,
    openedMs,
    readableMs: landingMs + askedMs + openedMs,
  };
}

export async function run(): Promise<readonly Figure[]> {
  await buildWeb();
  return withScope(async (scope) => {
    const server = await startServer(scope);
    const home = await loginCli(scope, server);
    const browser = await openBrowser(scope);
    const found: Opening[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const address = `reader${round}@courriel.example`;
      const text = "The text of the letter, of a few lines as letters are.";
      const sent = await sendByCli(home, ["--to", address, "--subject", "A letter", "--text", text]);
      found.push(await open(browser, server, sent.grants[0]?.link ?? "", address));
    }
    const middle = (of: (opening: Opening) => number) => median(found.map(of));
    const against = `${SLOWER}x slower, 1.6 Mbit/s, 150 ms; median of ${ROUNDS}`;
    const figure = (title: string, unit: string, value: number, goal: number) =>
      ceilingFigure({ bench: name, figure: title, unit, value, against, goal });
    return [
      figure("link to readable text", "s", middle(({ readableMs }) => readableMs) / 1000, GOALS.readableSeconds),
      figure("link to the landing's button", "s", middle(({ landingMs }) => landingMs) / 1000, GOALS.readableSeconds),
      figure("its button to the code's field", "s", middle(({ askedMs }) => askedMs) / 1000, GOALS.readableSeconds),
      figure("last digit to the text", "s", middle(({ openedMs }) => openedMs) / 1000, GOALS.readableSeconds),
      figure("first paint", "s", middle(({ firstPaintMs }) => firstPaintMs) / 1000, GOALS.firstPaintSeconds),
      figure(
        "slowest answer to a press",
        "ms",
        middle(({ interactionMs }) => interactionMs),
        GOALS.interactionMs,
      ),
      figure(
        "answers in a row until the button",
        "",
        middle(({ landingWays }) => landingWays),
        GOALS.landingWays,
      ),
      figure(
        "answers in a row until the code's field",
        "",
        middle(({ askedWays }) => askedWays),
        GOALS.askedWays,
      ),
      figure(
        "answers in a row until the text",
        "",
        middle(({ openedWays }) => openedWays),
        GOALS.openedWays,
      ),
      figure("layout shift", "", Math.max(...found.map(({ layoutShift }) => layoutShift)), GOALS.layoutShift),
    ];
  });
}
