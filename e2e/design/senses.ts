/**
 * What a screen owes to those who enlarge it, choose its colours or bear no motion (WCAG 2.2: 1.4.4, 1.4.10, 1.4.11, 2.3.3; the width of 320 px
 * is the specification's own). Whatever can be operated stays in reach: inside the page, and under nothing else. Never changes what is shown.
 */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { DESK, fitsWidth } from "../open-journey.ts";

/** Twice and four times as large as on a desk of 1280 by 800. */
const TWICE = { width: 640, height: 400 };
const SMALLEST = { width: 320, height: 480 };
/** What browsers begin with, in px. */
const USUAL_TEXT = 16;

/** At 200 %, at 320 px and with text of twice the size: no sideways scroll, and every action within reach. */
export async function enlarged(page: Page, name: string): Promise<void> {
  for (const viewport of [TWICE, SMALLEST]) {
    await page.setViewportSize(viewport);
    await fitsWidth(page);
    assert.deepEqual(await outOfReach(page), [], `${name} at ${viewport.width} px`);
  }
  await page.setViewportSize(DESK);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Page.setFontSizes", { fontSizes: { standard: 2 * USUAL_TEXT } });
  await fitsWidth(page);
  assert.deepEqual(await outOfReach(page), [], `${name} with text of 200 %`);
  await devtools.send("Page.setFontSizes", { fontSizes: { standard: USUAL_TEXT } });
  await devtools.detach();
}

/** What can be operated, and yet cannot be brought under the pointer. */
function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const front = document.querySelector("dialog:modal") ?? document.body;
    const all = front.querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, summary, [tabindex='0']",
    );
    const lost: string[] = [];
    for (const one of all) {
      const isShown = one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      // what is read aloud alone, or drawn by its label
      if (!isShown || one.matches(":disabled, .skip") || one.offsetWidth <= 1 || one.closest("[inert], .vh")) continue;
      one.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      const box = one.getClientRects()[0] ?? one.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height, innerHeight) / 2];
      const top = document.elementFromPoint(x, y);
      const isThere = top !== null && (one.contains(top) || top.contains(one) || top.closest("label")?.control === one);
      // a word in passing goes away by itself
      if (!isThere && !top?.closest(".toasts"))
        lost.push(`${one.outerHTML.slice(0, 120)} under ${top?.outerHTML.slice(0, 80)}`);
    }
    for (const one of document.querySelectorAll("*"))
      if (one.scrollTop > 0) one.scrollTo({ top: 0, behavior: "instant" });
    return lost;
  });
}

/** What stood out by a colour of ours, and has to by a line where the system chooses the colours. */
const NEED_LINE =
  ".badge, .banner, .toast, .token, .btn--primary, .btn--danger, .input, .file__kind, .card, .sheet, dialog[open]";

/** In forced colours, what stood out by its colour stands out by a line, and so does what has the focus. */
export async function inForcedColours(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ forcedColors: "active" });
  const bare = await page.evaluate((selector) => {
    const hasLine = (one: Element) => {
      const { borderTopWidth, outlineStyle } = getComputedStyle(one);
      return Number.parseFloat(borderTopWidth) > 0 || outlineStyle !== "none";
    };
    return [...document.querySelectorAll(selector)]
      .filter((one) => one.checkVisibility() && !hasLine(one))
      .map((one) => one.outerHTML.slice(0, 100));
  }, NEED_LINE);
  await page.emulateMedia({ forcedColors: "none" });
  assert.deepEqual(bare, [], `${name} in forced colours`);
}

/** Longest that anything may still take where motion is not wanted: no eye sees it. */
const UNSEEN_MS = 20;

/** Where motion is not wanted nothing moves. */
export async function still(page: Page, name: string): Promise<void> {
  const moving = await page.evaluate((most) => {
    const inMs = (times: string) =>
      Math.max(...times.split(",").map((one) => Number.parseFloat(one) * (/[^m]s/.test(one) ? 1000 : 1)));
    const running = document
      .getAnimations()
      .filter((one) => Number(one.effect?.getComputedTiming().activeDuration ?? 0) > most)
      .map(() => "an animation runs");
    const would = [...document.querySelectorAll("body *")]
      .filter((one) => inMs(getComputedStyle(one).transitionDuration) > most)
      .map((one) => one.outerHTML.slice(0, 100));
    const scrolls = getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["the page glides"] : [];
    return [...running, ...would, ...scrolls];
  }, UNSEEN_MS);
  assert.deepEqual(moving, [], `${name} is still`);
}
