/** A real Chromium with a fresh profile, driven by playwright-core, and pictures for the documentation. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { ROOT } from "../../tools/repository.ts";
import { PROGRAMS, requireProgram } from "../../tools/system-packages.ts";
import { makeLate } from "./late.ts";
import type { Scope } from "./scope.ts";
import type { RunningServer } from "./server.ts";

const FLAGS = [
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface TestBrowser {
  readonly browser: Browser;
  /** A page in a context of its own: no cookie, storage or cache of another. Closed with the browser. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
}

/** Starts Chromium. As root it needs `--no-sandbox`; anybody else keeps the sandbox. */
export async function openBrowser(scope: Scope, flags: readonly string[] = []): Promise<TestBrowser> {
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath: requireProgram(PROGRAMS.chromium),
    args: [...FLAGS, ...(isRoot ? ["--no-sandbox"] : []), ...flags],
    chromiumSandbox: !isRoot,
    // Without a locale the system's file names are ASCII, and Chromium suggests "download" for any other.
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  });
  scope.after(() => browser.close());
  return {
    browser,
    newPage: async (options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB", ...options });
      await makeLate(context);
      return context.newPage();
    },
  };
}

/** Follows the owner's sign-in link and presses its button: signed in, in whatever step of the welcome they are. */
export async function signIn(page: Page, server: Pick<RunningServer, "ownerLink">): Promise<void> {
  await page.goto(server.ownerLink());
  await page.getByRole("button", { name: /^(Sign in|Se connecter)$/ }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
}

/** Keeps a picture for the documentation as docs/pictures/NAME.png, only when `PICTURES=1` asks for it. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES !== "1") return;
  const folder = join(ROOT, "docs/pictures");
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled", caret: "hide" });
}
