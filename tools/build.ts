/**
 * Builds the web application into apps/web/dist when it is stale, and says nothing when there is nothing to do: `npm start`
 * runs it each time. Stale means: the SHA-256 over every input file differs from the one the last build left behind.
 * Text assets get a brotli and a gzip copy, so that the server never compresses. Never leaves a half-made dist: it builds
 * beside and swaps. The list of a release (tools/release-list.ts) lies beside the pages it names, and is not served.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { LIST_INPUTS, LIST_NAME, releaseListText } from "./release-list.ts";
import { ROOT } from "./repository.ts";

const WEB = join(ROOT, "apps/web");
const DIST = join(WEB, "dist");
/** Beside dist on the same disk, so that the swap is a rename; ignored by git. */
const WORKSHOP = join(WEB, "node_modules/.build");
const STAMP = ".inputs";
const INPUT_FOLDERS = ["apps/web", "packages/core", "packages/client", "packages/texts"];
const INPUT_FILES = [
  "package.json",
  "package-lock.json",
  "tsconfig.base.json",
  "tools/build.ts",
  "tools/release-list.ts",
  ...LIST_INPUTS,
];
const NOT_INPUT = /(^|\/)(node_modules|dist|browser-tests)(\/|$)|\.test\.tsx?$|\.md$/;
const COMPRESSIBLE = /\.(html|js|mjs|css|svg|json|txt|wasm|webmanifest|bcmap)$/;
/** Below this a compressed copy saves no packet. */
const WORTH_COMPRESSING_BYTES = 512;

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function hashInputs(): Promise<string> {
  const found = (await Promise.all(INPUT_FOLDERS.map((folder) => inputsUnder(join(ROOT, folder))))).flat();
  const names = [...found, ...INPUT_FILES.map((name) => join(ROOT, name))].sort();
  const hash = createHash("sha256");
  for (const name of names) {
    const content = await readFile(name);
    hash.update(`${relative(ROOT, name)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** Walks by hand: a recursive readdir would descend into node_modules. */
async function inputsUnder(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (NOT_INPUT.test(relative(ROOT, path))) continue;
    if (entry.isDirectory()) found.push(...(await inputsUnder(path)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

async function isFresh(inputs: string): Promise<boolean> {
  const stamp = await readFile(join(DIST, STAMP), "utf8").catch(() => "");
  return stamp.trim() === inputs;
}

async function compress(folder: string): Promise<void> {
  const files = (await filesUnder(folder)).filter((name) => COMPRESSIBLE.test(name));
  await Promise.all(
    files.map(async (name) => {
      const content = await readFile(name);
      if (content.length < WORTH_COMPRESSING_BYTES) return;
      const [br, gz] = await Promise.all([
        promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
        promisify(gzip)(content, { level: 9 }),
      ]);
      if (br.length < content.length) await writeFile(`${name}.br`, br);
      if (gz.length < content.length) await writeFile(`${name}.gz`, gz);
    }),
  );
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

/** Runs `work` while no other build of this tree does; waits its turn, and takes over the lock of a dead build. */
async function alone(work: () => Promise<void>): Promise<void> {
  await mkdir(WORKSHOP, { recursive: true });
  const lock = join(WORKSHOP, "lock");
  for (;;) {
    try {
      const handle = await open(lock, "wx");
      await handle.writeFile(String(process.pid));
      await handle.close();
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = Number(await readFile(lock, "utf8").catch(() => ""));
      if (holder > 0 && !isAlive(holder)) await rm(lock, { force: true });
      else await new Promise((resume) => setTimeout(resume, 100));
    }
  }
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** Builds when stale. The caller may be one of many: they take turns and only the first one works. */
export async function buildWeb(): Promise<"fresh" | "built"> {
  if (await isFresh(await hashInputs())) return "fresh";
  let outcome: "fresh" | "built" = "fresh";
  await alone(async () => {
    const inputs = await hashInputs();
    if (await isFresh(inputs)) return;
    const made = join(WORKSHOP, `dist-${process.pid}`);
    const old = join(WORKSHOP, `old-${process.pid}`);
    const { createBuilder } = await import("vite");
    // each page is an environment of its own (apps/web/vite.config.ts); plain build() would make the first one alone
    const builder = await createBuilder({ root: WEB, logLevel: "error", build: { outDir: made } });
    await builder.buildApp();
    await compress(made);
    await writeFile(join(made, LIST_NAME), await releaseListText(made));
    await writeFile(join(made, STAMP), `${inputs}\n`);
    if (existsSync(DIST)) await rename(DIST, old);
    await rename(made, DIST);
    await rm(old, { recursive: true, force: true });
    outcome = "built";
  });
  return outcome;
}

if (import.meta.main) {
  const startedMs = performance.now();
  if ((await buildWeb()) === "built") {
    process.stderr.write(`web application built in ${((performance.now() - startedMs) / 1000).toFixed(1)} s\n`);
  }
}
