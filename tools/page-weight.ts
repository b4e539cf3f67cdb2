/**
 * What a page weighs, gzip, level 9, counted file by file as a browser loads it (budgets: docs, issue). Five sums: the recipient's first
 * paint, everything until the text of a message with a password is readable, the same two of a one-time secret, and the members' app
 * before its editor. Prints them and
 * fails over budget. The parts are found by following imports from the built html, so nothing can hide behind a new name.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { LANGUAGES } from "@pli/texts/languages";
import { ROOT } from "./repository.ts";

export interface Weight {
  readonly name: "first-paint" | "until-readable" | "secret-first-paint" | "secret-until-readable" | "members-app";
  readonly bytes: number;
  readonly budgetBytes: number;
  readonly files: readonly { readonly file: string; readonly bytes: number }[];
}

const DIST = process.env.PLI_WEB ?? join(ROOT, "apps/web/dist");
const KB = 1000;

function built(file: string): string {
  return readFileSync(join(DIST, file), "utf8");
}

function gzipBytes(file: string): number {
  return gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length;
}

/** Scripts and styles that an html page names. */
function namedBy(html: string): string[] {
  return [...built(html).matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1] as string);
}

/** What a script imports statically, and it again. */
function withImports(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  if (!file.endsWith(".js")) return found;
  const code = built(file);
  for (const match of code.matchAll(/(?:from|import)\s*["`']\.\/([^"`']+\.js)["`']/g))
    withImports(`assets/${match[1]}`, found);
  return found;
}

/** Everything that a page can come to load, now or later: whatever its files name, and theirs. */
function reachable(html: string): ReadonlySet<string> {
  const all = new Set(readdirSync(join(DIST, "assets")));
  const found = new Set<string>();
  const visit = (text: string) => {
    // from its first sign on: else long runs of letters are gone through from each of their letters
    for (const [name] of text.matchAll(/(?<![\w.-])[\w.-]+-[\w-]{8}\.(?:js|mjs|css|wasm)/g)) {
      if (!all.has(name) || found.has(name)) continue;
      found.add(name);
      if (/js$/.test(name)) visit(built(`assets/${name}`));
    }
  };
  visit(built(html));
  return found;
}

/** The built file of a chunk of a page, `steps-fr-BZ7ZrciV.js` for `steps-fr`. @throws when the build has none or several: then this list is wrong, not the page light */
function needed(name: string, ending = "js", html = "open.html"): string {
  const pattern = new RegExp(`^${name}-[\\w-]{8}\\.${ending}$`);
  const found = [...reachable(html)].filter((file) => pattern.test(file));
  if (found.length !== 1) throw new Error(`page-weight: ${found.length} chunks ${name}.${ending}`);
  return `assets/${found[0]}`;
}

function heavier(names: readonly string[], html?: string): string {
  return names.map((name) => needed(name, "js", html)).sort((a, b) => gzipBytes(b) - gzipBytes(a))[0] as string;
}

function weigh(name: Weight["name"], budgetKb: number, roots: readonly string[]): Weight {
  const files = new Set<string>();
  for (const root of roots) for (const file of withImports(root)) files.add(file);
  const weighed = [...files].map((file) => ({ file, bytes: gzipBytes(file) })).sort((a, b) => b.bytes - a.bytes);
  const bytes = weighed.reduce((sum, file) => sum + file.bytes, 0);
  return { name, bytes, budgetBytes: budgetKb * KB, files: weighed };
}

/** What a member's browser loads until a message can be written and sealed: texts, the page around the editor, keys and their worker. */
const WRITING = ["fr", "Compose", "app-worker", "keys", "hpke-suite", "ed25519", "sha2", "web-argon2id"];

/** Of the build in apps/web/dist. */
export function weighPages(): Weight[] {
  // one language is loaded; the heavier one counts
  const paint = ["open.html", ...namedBy("open.html"), heavier(LANGUAGES.map((one) => `landing-${one}`))];
  const readable = [
    ...paint,
    needed("Flow"),
    needed("Flow", "css"),
    heavier(LANGUAGES.map((one) => `steps-${one}`)),
    needed("open-worker"),
    needed("web-argon2id"),
    needed("simd", "wasm"),
  ];
  const secret = ["secret.html", ...namedBy("secret.html"), heavier(LANGUAGES, "secret.html")];
  const revealed = [
    ...secret,
    ...["Password", "session", "Revealed", "secret-worker", "web-argon2id"].map((name) =>
      needed(name, "js", "secret.html"),
    ),
    ...["Password", "Revealed"].map((name) => needed(name, "css", "secret.html")),
    needed("simd", "wasm", "secret.html"),
  ];
  return [
    weigh("first-paint", 20, paint),
    weigh("until-readable", 45, readable),
    weigh("secret-first-paint", 20, secret),
    weigh("secret-until-readable", 45, revealed),
    weigh("members-app", 150, [
      "app.html",
      ...namedBy("app.html"),
      ...WRITING.map((name) => needed(name, "js", "app.html")),
      needed("Compose", "css", "app.html"),
    ]),
  ];
}

if (import.meta.main) {
  const withFiles = process.argv.includes("--files");
  for (const { name, bytes, budgetBytes, files } of weighPages()) {
    const holds = bytes <= budgetBytes;
    if (!holds) process.exitCode = 1;
    process.stdout.write(`${holds ? "ok  " : "OVER"} ${name} ${(bytes / KB).toFixed(1)} of ${budgetBytes / KB} kB\n`);
    if (withFiles)
      for (const { file, bytes } of files) process.stdout.write(`       ${(bytes / KB).toFixed(2)} ${file}\n`);
  }
}
