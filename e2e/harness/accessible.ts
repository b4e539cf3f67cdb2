/**
 * What a program can find of WCAG 2.2 AA in a page as it stands, by axe (https://github.com/dequelabs/axe-core), which runs in the page itself:
 * it reads, and changes nothing but one global name. What only people can judge is said in the journeys.
 */
import assert from "node:assert/strict";
import axe from "axe-core";
import type { Page } from "playwright-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** @param without rules that have no meaning for what is shown. @throws AssertionError with each violation and where it is */
export async function accessible(page: Page, without: readonly string[] = []): Promise<void> {
  // each frame answers for itself, so axe is in all of them; the source's last value would be axe whole, and is not sent back
  for (const frame of page.frames()) {
    if (!(await frame.evaluate(() => "axe" in globalThis))) await frame.evaluate(`${axe.source}; undefined`);
  }
  const found = await page.evaluate(
    async ({ values, rules }) => {
      // A colour on its way to another is neither; what turns for ever is looked at as it is.
      const passing = document
        .getAnimations()
        .filter(({ playState, effect }) => playState === "running" && effect?.getComputedTiming().endTime !== Infinity);
      await Promise.all(passing.map(({ finished }) => finished.catch(() => undefined)));
      const { run } = (globalThis as unknown as { axe: typeof import("axe-core") }).axe;
      const { violations, passes } = await run(document, { runOnly: { type: "tag", values }, rules });
      const bad = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
      return passes.length === 0 ? ["axe looked at nothing", ...bad] : bad;
    },
    { values: RULES, rules: Object.fromEntries(without.map((rule) => [rule, { enabled: false }])) },
  );
  assert.deepEqual(found, []);
}
