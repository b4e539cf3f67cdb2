/**
 * Builds a folder with an index.html by Vite, serves it on a free port under the product's own content security policy, opens it in
 * Chromium and hands back what its `globalThis.finished` resolves to. Nothing is left running, nothing is left on disk.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";
import { build } from "vite";
import { PROGRAMS, requireProgram } from "../../../tools/system-packages.ts";

const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";
const FLAGS = [
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function serve(folder: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
    const file = join(folder, path === "/" ? "index.html" : path);
    try {
      const content = await readFile(file);
      const type = TYPES[extname(file)] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type, "content-security-policy": POLICY }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @param root folder of the page's sources @returns what the page's `finished` resolves to, as JSON values */
export async function runInChromium<Report>(root: string): Promise<Report> {
  const executablePath = requireProgram(PROGRAMS.chromium);
  const folder = await mkdtemp(join(tmpdir(), "pli-page-"));
  try {
    await build({
      root,
      configFile: false,
      logLevel: "error",
      build: { outDir: folder, emptyOutDir: true, target: "es2023", chunkSizeWarningLimit: 4000 },
      worker: { format: "es" },
    });
    const server = await serve(folder);
    const isRoot = process.getuid?.() === 0;
    const browser = await chromium.launch({
      executablePath,
      args: [...FLAGS, ...(isRoot ? ["--no-sandbox"] : [])],
      chromiumSandbox: !isRoot,
    });
    try {
      const page = await browser.newPage();
      await page.goto(server.url);
      await page.waitForFunction(() => "finished" in globalThis);
      return await page.evaluate(() => (globalThis as unknown as { finished: Promise<Report> }).finished);
    } finally {
      await browser.close();
      await server.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
