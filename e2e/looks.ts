/** How states look, for the checks and for people: accessible, no wider than the page, and a picture of each where one is wanted. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { accessible, DESK, fitsWidth, PHONE } from "./open-journey.ts";

/** With `PLI_PICTURES=FOLDER`, keeps a picture of the whole page as FOLDER/NAME.png. */
export async function keepLook(page: Page, name: string): Promise<void> {
  const folder = process.env.PLI_PICTURES;
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** As the page stands. */
export async function look(page: Page, name: string): Promise<void> {
  await accessible(page);
  await fitsWidth(page);
  await keepLook(page, name);
}

/** At a desk in the light and on a phone in the dark; at the desk again afterwards. */
export async function lookAtBoth(page: Page, name: string): Promise<void> {
  for (const [viewport, colorScheme] of [
    [DESK, "light"],
    [PHONE, "dark"],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await look(page, `${name}-${viewport.width}-${colorScheme}`);
  }
  await page.setViewportSize(DESK);
  await page.emulateMedia({ colorScheme: "light" });
}
