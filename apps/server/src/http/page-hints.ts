/**
 * What a page's first paint is going to ask for, told in the head of its answer (`Link`, RFC 8288; preload and modulepreload of the HTML
 * standard): the browser asks for all of it at once, instead of for one thing after another as each names the next. Only files of the build, and
 * the page's first look, which the page itself would ask next: whoever follows it changes nothing (M12). The page stays the same for everybody,
 * and works as well where the head is dropped or not understood. Never says anything that depends on data.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chooseLanguage } from "@pli/texts/languages";
import { firstLook } from "./site.ts";

/** Written by apps/web/build/page-hints.ts. */
interface Written {
  readonly scripts: readonly string[];
  /** By language. */
  readonly texts: Readonly<Record<string, readonly string[]>>;
}

export interface PageHints {
  /** Value of `Link` for a page; null for other files. @param path of the site @param acceptLanguage whose texts the page will ask for */
  of(file: string, path: string, acceptLanguage: string | undefined): string | null;
}

/** With the other fields well below the 4 kB that proxies hold a head in: a longer one they answer with an error. */
const LONGEST = 2000;
const HINTS = /^\.hints\/(\w+\.html)\.json$/;

/** @param folder the built pages, and @param names of the files in it: read now, and never again */
export function readPageHints(folder: string, names: Iterable<string>): PageHints {
  const pages = new Map<string, Written>();
  for (const name of names) {
    const page = HINTS.exec(name)?.[1];
    if (page !== undefined) pages.set(page, JSON.parse(readFileSync(join(folder, name), "utf8")) as Written);
  }
  return {
    of: (file, path, acceptLanguage) => {
      const written = pages.get(file);
      if (written === undefined) return null;
      const texts = written.texts[chooseLanguage(acceptLanguage)] ?? [];
      const look = firstLook(path);
      const links = [...written.scripts, ...texts].map((script) => `<${script}>; rel=modulepreload`);
      // as the page asks for it: a fetch without options, which is CORS with credentials for its own origin
      if (look !== null) links.unshift(`<${look}>; rel=preload; as=fetch; crossorigin`);
      let link = links.shift();
      for (const next of links) if (`${link}, ${next}`.length <= LONGEST) link += `, ${next}`;
      return link ?? null;
    },
  };
}
