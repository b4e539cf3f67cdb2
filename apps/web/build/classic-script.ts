/**
 * Vite plugin: puts one classic script (no module, no build step, so that an old browser can run it) under a hashed name and into the head
 * of a page. Vite itself only bundles modules. The file must be plain ES5 as it stands.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "vite";

/** @param page html file the script belongs to @param source path of the script, from apps/web */
export function classicScript(page: string, source: string): Plugin {
  let url = `/${source}`;
  let code = "";
  return {
    name: "pli-classic-script",
    configResolved(config) {
      code = withoutComments(readFileSync(join(config.root, source), "utf8"));
      if (config.command === "build") {
        const hash = createHash("sha256").update(code).digest("base64url").slice(0, 8);
        url = `/assets/${basename(source, ".js")}-${hash}.js`;
      }
    },
    buildStart() {
      if (this.environment.mode === "build") this.emitFile({ type: "asset", fileName: url.slice(1), source: code });
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
