/**
 * A tour of screens: at each stop the screen is looked at in both widths and both themes, held to what every screen owes (WCAG by axe, no
 * sideways scroll, at most one primary action, and what senses.ts asks), and pictured for docs/design.md when `PICTURES=1` asks for it.
 */
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { DESIGN_PICTURES } from "../../tools/design-page.ts";
import { STOPS } from "../../tools/design-stops.ts";
import type { TestBrowser } from "../harness.ts";
import { accessible, DESK, fitsWidth, PHONE } from "../open-journey.ts";
import { enlarged, inForcedColours, still } from "./senses.ts";

/** A page longer than this is cut in its picture. */
const TALLEST = 1600;

/** A page; a mail, whose reader's program has the landmarks; or a page whose colours the system chose. */
export type Shown = "page" | "mail" | "forced colours";

const WITHOUT: Readonly<Record<Shown, readonly string[]>> = {
  page: [],
  mail: ["landmark-one-main", "region"],
  "forced colours": ["color-contrast"],
};

export interface Tour {
  /** Looks at what the page shows now, under the name of a stop. The page is at the desk's width and light before and after. */
  readonly stop: (page: Page, name: string, as?: Shown) => Promise<void>;
  /** Names of the stops that were not visited. */
  readonly missing: () => readonly string[];
}

export function startTour(browser: TestBrowser): Tour {
  const visited = new Set<string>();
  const wanted = process.env.PICTURES === "1";
  return {
    missing: () => STOPS.map(({ name }) => name).filter((name) => !visited.has(name)),
    stop: async (page, name, as = "page") => {
      assert.ok(STOPS.some((one) => one.name === name) && !visited.has(name), `${name} is a stop, and not visited yet`);
      visited.add(name);
      const pictures: Buffer[] = [];
      for (const viewport of [DESK, PHONE]) {
        for (const colorScheme of ["light", "dark"] as const) {
          await page.setViewportSize(viewport);
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          await fitsWidth(page);
          if ((viewport === DESK) === (colorScheme === "light")) await accessible(page, WITHOUT[as]);
          await oneClearAction(page, name);
          await onPaper(page, name);
          if (wanted) pictures.push(await picture(page, viewport));
        }
      }
      await page.emulateMedia({ colorScheme: "light" });
      if (as !== "mail") await enlarged(page, name);
      await page.setViewportSize(DESK);
      if (as === "page") await inForcedColours(page, name);
      await still(page, name);
      if (wanted) await keep(browser, name, pictures);
    },
  };
}

/** What is in front: a dialog where there is one, else the page. Each form has an action of its own: settings are several. */
async function oneClearAction(page: Page, name: string): Promise<void> {
  if (name.startsWith("kit")) return;
  const crowded = await page.evaluate(() => {
    const front = document.querySelector("dialog[open]") ?? document.querySelector("main") ?? document.body;
    const shown = [...front.querySelectorAll(".btn--primary")].filter((button) => button.checkVisibility());
    const places = Map.groupBy(shown, (button) => button.closest("form") ?? front);
    return [...places.values()]
      .filter(({ length }) => length > 1)
      .map((buttons) => buttons.map((one) => one.textContent));
  });
  assert.deepEqual(crowded, [], `${name} has one clear action`);
}

/** A page that forgets to bring a style of the kit with it shows its letter on the bare desk. */
async function onPaper(page: Page, name: string): Promise<void> {
  const bare = await page
    .locator(".sheet, .card")
    .evaluateAll((all) => all.filter((one) => getComputedStyle(one).backgroundColor === "rgba(0, 0, 0, 0)").length);
  assert.equal(bare, 0, `${name} has paper under its words`);
}

/** The window is made as tall as the page, so that what sticks to its edges is where it belongs; a dialog keeps its window. */
async function picture(page: Page, { width, height }: { width: number; height: number }): Promise<Buffer> {
  const content = await page.evaluate(() =>
    document.querySelector("dialog[open]") ? 0 : document.documentElement.scrollHeight,
  );
  await page.setViewportSize({ width, height: Math.min(Math.max(height, content), TALLEST) });
  await page.evaluate(() => scrollTo(0, 0));
  return page.screenshot({ animations: "disabled", caret: "hide" });
}

/** The four side by side on one sheet. */
async function keep(browser: TestBrowser, name: string, pictures: readonly Buffer[]): Promise<void> {
  const sheet = await browser.newPage({ viewport: { width: 1440, height: 400 } });
  const images = pictures.map((data, index) => {
    const width = index < 2 ? 520 : 170;
    return `<img width="${width}" src="data:image/png;base64,${data.toString("base64")}">`;
  });
  await sheet.setContent(
    `<body style="margin:0"><div style="display:flex;gap:12px;align-items:start;padding:12px;background:#c9d0dc;width:max-content">${images.join("")}</div>`,
  );
  await sheet.waitForFunction(() => [...document.images].every((image) => image.complete));
  await mkdir(DESIGN_PICTURES, { recursive: true });
  const data = await sheet.locator("div").screenshot({ type: "jpeg", quality: 78 });
  await writeFile(join(DESIGN_PICTURES, `${name}.jpg`), data);
  await sheet.context().close();
}
