/**
 * Every chunk brings the styles it uses. A page loaded by itself has the styles of its entry, its own, and those of whoever loads it on every way
 * there: a class that is drawn only because another page was visited before is a fault that no picture of that other page shows.
 */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

interface Module {
  readonly imports: readonly string[];
  /** Loaded when needed: each a chunk. */
  readonly chunks: readonly string[];
  readonly classes: readonly string[];
}
type Modules = ReadonlyMap<string, Module>;

const STATIC = /^(?:import|export)\b(?! type)[^;]*?["'](\.[^"']+)["'];/gms;
const DYNAMIC = /import\("(\.[^"]+)"\)/g;
const CLASS = /class(?:Name)?=(?:"([^"]*)"|\{((?:[^{}]|\{[^{}]*\})*)\})/g;

function readModule(path: string, text: string): Module {
  const found = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, to = ""]) => join(dirname(path), to));
  const names = [...text.matchAll(CLASS)].flatMap(([, plain, computed]) =>
    plain === undefined ? [...(computed ?? "").matchAll(/["`]([^"`]*)["`]/g)].map(([, one]) => one ?? "") : [plain],
  );
  const classes = names.flatMap((one) => one.match(/[a-zA-Z][\w-]*/g) ?? []);
  return { imports: found(STATIC), chunks: found(DYNAMIC), classes };
}

/** Class to the files that draw it by itself: `.a .b` and `.a.b` only say how it looks elsewhere. */
function homes(sheets: ReadonlyMap<string, string>): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [path, text] of sheets)
    for (const [, selectors = ""] of text.replace(/\/\*.*?\*\//gs, "").matchAll(/([^{};]+)\{/g))
      for (const selector of selectors.split(",")) {
        const name = /^\.([\w-]+)(?::[\w-]+(?:\([^)]*\))?)*$/.exec(selector.trim())?.[1];
        if (name !== undefined) found.set(name, (found.get(name) ?? new Set()).add(path));
      }
  return found;
}

function within(modules: Modules, root: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [root];
  for (let one = queue.pop(); one !== undefined; one = queue.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    queue.push(...(modules.get(one)?.imports ?? []));
  }
  return seen;
}

/** What an entry's chunks use without its being there. */
function missing(modules: Modules, sheets: ReadonlyMap<string, string>, entry: string): string[] {
  const home = homes(sheets);
  const there = new Map([[entry, within(modules, entry)]]);
  const queue = [entry];
  for (let root = queue.pop(); root !== undefined; root = queue.pop()) {
    const here = there.get(root) ?? new Set();
    for (const chunk of new Set([...within(modules, root)].flatMap((path) => modules.get(path)?.chunks ?? []))) {
      const before = there.get(chunk);
      const own = within(modules, chunk);
      const now = new Set([...own, ...(before ? [...here].filter((path) => before.has(path)) : here)]);
      if (before?.size === now.size) continue;
      there.set(chunk, now);
      queue.push(chunk);
    }
  }
  const faults = [...there].flatMap(([root, here]) =>
    [...within(modules, root)].flatMap((path) =>
      (modules.get(path)?.classes ?? [])
        .filter(
          (name) =>
            home.has(name) && !WITH_ITS_PART.has(name) && ![...(home.get(name) ?? [])].some((sheet) => here.has(sheet)),
        )
        .map((name) => `${path} in ${root}: ${name} of ${[...(home.get(name) ?? [])].join(" or ")}`),
    ),
  );
  return [...new Set(faults)].sort();
}

/** Drawn only when the part that brings its styles is there: the frame of a preview. */
const WITH_ITS_PART: ReadonlySet<string> = new Set(["file__preview"]);

const SOURCE = import.meta.dirname;
const read = (pattern: string) =>
  new Map(
    globSync(pattern, { cwd: SOURCE })
      .filter((path) => !path.includes(".test."))
      .map((path) => [path, readFileSync(join(SOURCE, path), "utf8")]),
  );

test("every chunk of every page brings the styles of the classes it uses", () => {
  const modules = new Map([...read("**/*.{ts,tsx}")].map(([path, text]) => [path, readModule(path, text)]));
  const entries = [...modules.keys()].filter((path) => path.endsWith("/main.tsx"));
  assert.ok(entries.length >= 4, entries.join());
  assert.deepEqual(
    entries.flatMap((entry) => missing(modules, read("**/*.css"), entry)),
    [],
  );
});

test("a class that only another page brings is found, one that the loading page brings is not", () => {
  const modules = new Map(
    Object.entries({
      "main.tsx": 'import "./base.css";\nconst A = () => import("./a.tsx"); const B = () => import("./b.tsx");',
      "a.tsx": 'import "./a.css";\nconst C = () => import("./c.tsx");',
      "b.tsx": '<p class="a base" />',
      "c.tsx": '<p class={one ? "a gone" : "base"} />',
    }).map(([path, text]) => [path, readModule(path, text)]),
  );
  const sheets = new Map([
    ["base.css", ".base { color: red }"],
    ["a.css", ".a:hover, .b .gone { color: red }"],
  ]);
  assert.deepEqual(missing(modules, sheets, "main.tsx"), ["b.tsx in b.tsx: a of a.css"]);
});
