/**
 * A reader of the screen: walks a page by its keys alone, knows each place by the role and the name that the accessibility tree gives it, and
 * hears what live regions say, as https://www.w3.org/TR/wai-aria-1.2/ describes them. Never presses what it cannot reach by keys; every place it
 * passes must have a name, and show that it has the focus, under nothing else (WCAG 2.4.7, 2.4.11).
 */
import assert from "node:assert/strict";
import type { CDPSession, Page } from "playwright-core";

/** More steps than any page has places. */
const MOST_STEPS = 120;
const WAIT_MS = 30_000;

export interface Reader {
  readonly page: Page;
  /** By Tab to the next place of this role whose name has `name` in it. @param back by Shift and Tab. @throws when a whole round does not meet it */
  to(role: string, name: string | RegExp, back?: boolean): Promise<void>;
  /** There, and pressed. */
  press(role: string, name: string | RegExp, key?: string): Promise<void>;
  /** There, and written over what was there. */
  write(role: string, name: string | RegExp, text: string): Promise<void>;
  /** Where the focus is, as "role name", once it is one that matches: where a page sent it. */
  at(place: RegExp): Promise<string>;
  /** Waits until a live region said it. What was said before is forgotten. */
  hears(words: string | RegExp): Promise<void>;
}

export async function readByEar(page: Page): Promise<Reader> {
  const said: string[] = [];
  await page.exposeBinding("heard", (_source, text: string) => void said.push(text));
  await page.addInitScript(listen);
  await page.evaluate(listen);
  const devtools = await page.context().newCDPSession(page);

  const reader: Reader = {
    page,
    to: async (role, name, back = false) => {
      const passed: string[] = [];
      for (let steps = 0; steps < MOST_STEPS; steps++) {
        if (steps > 0) await page.keyboard.press(back ? "Shift+Tab" : "Tab");
        const place = await focused(devtools);
        if (place === null) continue;
        passed.push(`${place.role} ${place.name}`);
        // where a page put the focus by itself is not a place that people stop at
        if (await page.evaluate(() => (document.activeElement as HTMLElement | null)?.tabIndex === 0)) {
          assert.ok(place.name.trim() !== "", `a ${place.role} without a name, after ${passed.slice(-3).join(", ")}`);
          if (steps > 0) assert.equal(await unseen(page), null, `${place.role} ${place.name}`);
        }
        if (place.role === role && (typeof name === "string" ? place.name.includes(name) : name.test(place.name)))
          return;
      }
      assert.fail(`no ${role} ${name} by Tab; passed ${[...new Set(passed)].join(", ")}`);
    },
    press: async (role, name, key = "Enter") => {
      await reader.to(role, name);
      await page.keyboard.press(key);
    },
    write: async (role, name, text) => {
      await reader.to(role, name);
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type(text);
    },
    at: async (wanted) => {
      let last = "";
      return until(
        page,
        async () => {
          const place = await focused(devtools);
          last = place === null ? "nothing" : `${place.role} ${place.name}`;
          return wanted.test(last) ? last : undefined;
        },
        () => `the focus is at ${last}, not at ${wanted}`,
      );
    },
    hears: async (words) => {
      const matches = (text: string) => (typeof words === "string" ? text.includes(words) : words.test(text));
      const index = await until(
        page,
        () => {
          const found = said.findIndex(matches);
          return found < 0 ? undefined : found;
        },
        () => `${words} was not said; heard: ${said.join(" | ")}`,
      );
      said.splice(0, index + 1);
    },
  };
  return reader;
}

/** In the page: what changes within a live region that was there before is said; an alert is said as it comes. */
function listen(): void {
  const watched = globalThis as unknown as { heard(text: string): void; listens?: boolean };
  if (watched.listens) return;
  watched.listens = true;
  const LIVE = "[role=status], [role=alert], [role=log], [aria-live=polite], [aria-live=assertive]";
  const say = (text: string | null) => {
    const words = (text ?? "").replaceAll(/\s+/g, " ").trim();
    if (words !== "") watched.heard(words);
  };
  new MutationObserver((changes) => {
    const fresh = new Set<Node>(changes.flatMap(({ addedNodes }) => [...addedNodes]));
    const regions = new Set<Element>();
    for (const { target, addedNodes } of changes) {
      const within = (target instanceof Element ? target : target.parentElement)?.closest(LIVE);
      if (within && ![...fresh].some((node) => node.contains(within))) regions.add(within);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        for (const alert of [node, ...node.querySelectorAll("[role=alert]")])
          if (alert.matches("[role=alert]")) regions.add(alert);
      }
    }
    for (const region of regions) if (!region.closest("[inert]")) say(region.textContent);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

/** Role and name of what has the focus, as assistive technology is told; null when nothing has. */
async function focused(devtools: CDPSession): Promise<{ role: string; name: string } | null> {
  const { result } = await devtools.send("Runtime.evaluate", {
    expression: "document.activeElement === document.body ? null : document.activeElement",
  });
  if (result.objectId === undefined) return null;
  const { nodes } = await devtools.send("Accessibility.getPartialAXTree", {
    objectId: result.objectId,
    fetchRelatives: false,
  });
  const [node] = nodes;
  // behind a dialog that has come, before the focus is in it
  if (node === undefined || node.ignored) return null;
  return { role: String(node.role?.value ?? ""), name: String(node.name?.value ?? "") };
}

/** What is wrong with how the focus shows; null when nothing is. */
function unseen(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const one = document.activeElement;
    // where a page put the focus meanwhile
    if (!(one instanceof HTMLElement) || one.tabIndex < 0) return null;
    const box = one.getBoundingClientRect();
    const [x, y] = [box.x + Math.min(box.width, innerWidth) / 2, box.y + Math.min(box.height, innerHeight) / 2];
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return "the focus is outside the window";
    const top = document.elementFromPoint(x, y);
    const isOver = top !== null && (one.contains(top) || top.contains(one) || top.closest("label")?.control === one);
    if (!isOver && !top?.closest(".toasts")) return `the focus is under ${top?.outerHTML.slice(0, 100)}`;
    // a field without a frame of its own shows it on what frames it
    const frames = [one, one.parentElement, one.closest("label"), one.closest("label, fieldset, .field, .line")];
    const isMarked = frames.some((frame) => {
      if (frame === null) return false;
      const { outlineStyle, boxShadow } = getComputedStyle(frame);
      return outlineStyle !== "none" || boxShadow !== "none";
    });
    return isMarked ? null : `nothing shows the focus on ${one.outerHTML.slice(0, 100)}`;
  });
}

/** The lines of the accessibility tree that are asked for, each found below the one before. @param lines such as `heading "Sent" [level=1]` */
export async function hasTree(page: Page, lines: readonly (string | RegExp)[]): Promise<void> {
  let missing: { line: string | RegExp; tree: string } | undefined;
  const find = async () => {
    const tree = (await page.locator("body").ariaSnapshot())
      .split("\n")
      .filter((line) => !/^\s*- (option|\/url)/.test(line));
    let above = 0;
    for (const line of lines) {
      const matches = (one: string) => (typeof line === "string" ? one.includes(line) : line.test(one));
      const index = tree.findIndex((one, place) => place >= above && matches(one));
      if (index < 0) {
        missing = { line, tree: tree.join("\n") };
        return undefined;
      }
      above = index + 1;
    }
    return true;
  };
  await until(page, find, () => `${missing?.line} is not where it belongs in\n${missing?.tree}`);
}

/** What `find` comes to, asked at each frame until it is something. */
async function until<T>(page: Page, find: () => T | undefined | Promise<T | undefined>, why: () => string): Promise<T> {
  const deadlineMs = performance.now() + WAIT_MS;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    assert.ok(performance.now() < deadlineMs, why());
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}
