/**
 * Vite plugin: puts one classic script (no module, no build step, so that an old browser can run it) under a hashed name and into the head
 * of a page, and the words that it may come to need beside it: pages that work never load them. Vite itself only bundles modules. The file
 * must be plain ES5 as it stands.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { LANGUAGE_NAMES, LANGUAGES } from "@pli/texts/languages";
import { missingTexts } from "@pli/texts/missing";
import type { Plugin } from "vite";

/** `__MISSING__` in the script becomes the path of these words. */
const WORDS = JSON.stringify(
  Object.fromEntries(LANGUAGES.map((one) => [one, { name: LANGUAGE_NAMES[one], ...missingTexts[one] }])),
);
const WORDS_URL = `/assets/missing-${hashOf(WORDS)}.json`;

/** @param page html file the script belongs to @param source path of the script, from apps/web */
export function classicScript(page: string, source: string): Plugin {
  let url = `/${source}`;
  let code = "";
  return {
    name: "pli-classic-script",
    configResolved(config) {
      code = withoutComments(readFileSync(join(config.root, source), "utf8")).replace("__MISSING__", WORDS_URL);
      if (config.command === "build") url = `/assets/${basename(source, ".js")}-${hashOf(code)}.js`;
    },
    buildStart() {
      if (this.environment.mode !== "build") return;
      this.emitFile({ type: "asset", fileName: url.slice(1), source: code });
      this.emitFile({ type: "asset", fileName: WORDS_URL.slice(1), source: WORDS });
    },
    transformIndexHtml: {
      order: "post",
      handler(html, context) {
        if (!context.path.endsWith(page)) return html;
        // blocking on purpose: it is tiny, and must have run before the module that it guards
        return [{ tag: "script", attrs: { src: url }, injectTo: "head" }];
      },
    },
  };
}

function withoutComments(code: string): string {
  return code
    .replace(/\/\*[\s\S]*?\*\/\s*/g, "")
    .replace(/^\s*\/\/.*\n/gm, "")
    .replace(/^\s+/gm, "");
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 8);
}
