/**
 * Vite plugin: writes beside each page what it is going to ask for first, so that the server can say so in the head of its answer
 * (`Link`, RFC 8288) and the browser asks for all of it at once: the entry and what it imports, and the first texts, by language. The page
 * itself must not name them: it is the same for everybody, and its bytes are counted.
 */
import { basename } from "node:path";
import type { Plugin } from "vite";

/** In the built folder. Not served, as no name that begins with a dot is, and not in the list of a release. */
const HINTS_FOLDER = ".hints";

/** Read by apps/server/src/http/page-hints.ts. */
interface PageHints {
  /** Paths of scripts, from the site's root. */
  readonly scripts: readonly string[];
  /** By language. */
  readonly texts: Readonly<Record<string, readonly string[]>>;
}

/** Page to the modules of its first texts: `$1` of the pattern is the language. */
const FIRST_TEXTS: Readonly<Record<string, RegExp>> = {
  "open.html": /\/texts\/src\/open\/(?:landing|steps)-([a-z]{2})\.ts$/,
  "app.html": /\/texts\/src\/app\/([a-z]{2})\.ts$/,
  "secret.html": /\/texts\/src\/secret\/([a-z]{2})\.ts$/,
};

export function pageHints(): Plugin[] {
  let found: { readonly page: string; readonly hints: PageHints } | undefined;
  const collect: Plugin = {
    name: "pli-page-hints",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
      const entry = chunks.find(({ isEntry, facadeModuleId }) => isEntry && facadeModuleId?.endsWith(".html"));
      if (!entry?.facadeModuleId) return;
      const page = basename(entry.facadeModuleId);
      const pattern = FIRST_TEXTS[page];
      const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      const scripts = new Set<string>();
      const follow = (files: readonly string[]) => {
        for (const file of files) {
          if (scripts.has(file)) continue;
          scripts.add(file);
          follow(byFile.get(file)?.imports ?? []);
        }
      };
      follow(entry.imports);
      const texts: Record<string, string[]> = {};
      for (const { fileName, moduleIds } of chunks) {
        for (const id of pattern ? moduleIds : []) {
          const language = pattern?.exec(id)?.[1];
          if (language) texts[language] = [...(texts[language] ?? []), `/${fileName}`];
        }
      }
      found = { page, hints: { scripts: [...scripts].map((file) => `/${file}`), texts } };
    },
  };
  const write: Plugin = {
    name: "pli-page-hints-write",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        if (!found) return;
        const { page, hints } = found;
        // Chunks that were styles alone are gone by now.
        const scripts = hints.scripts.filter((path) => Object.hasOwn(bundle, path.slice(1)));
        const source = JSON.stringify({ ...hints, scripts });
        this.emitFile({ type: "asset", fileName: `${HINTS_FOLDER}/${page}.json`, source });
      },
    },
  };
  return [collect, write];
}
