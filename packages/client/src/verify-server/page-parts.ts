/**
 * What an HTML page that is not the published one loads or runs, to name what was slipped in. An explanation only: that the page differs is
 * known by its hash, and nothing depends on this reading being complete.
 */

export interface PagePart {
  readonly kind: "inline_script" | "foreign" | "unknown";
  /** The address it names, or the first words of an inline script. */
  readonly detail: string;
}

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)(?:<\/script|$)/gi;
const LOADING = /<(?:script|link|iframe|frame|object|embed|base|img|source|video|audio)\b([^>]*)/gi;
const ADDRESS = /\b(?:src|href|data)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;
const HANDLER = /<[a-z][^>]*\s(on[a-z]+\s*=[^>]*)/gi;
const EXCERPT_CHARACTERS = 60;

function excerpt(text: string): string {
  const line = text.trim().replace(/\s+/g, " ");
  return line.length > EXCERPT_CHARACTERS ? `${line.slice(0, EXCERPT_CHARACTERS)}…` : line;
}

function targetOf(address: string, url: string): URL | null {
  try {
    return new URL(address, url);
  } catch {
    return null;
  }
}

/** @param html the page as it came @param url where from @param known whether the release has a file of this path */
export function findForeignParts(html: string, url: string, known: (path: string) => boolean): readonly PagePart[] {
  const parts: PagePart[] = [];
  for (const [, attributes = "", content = ""] of html.matchAll(SCRIPT)) {
    const isInline = !/\bsrc\s*=/i.test(attributes);
    if (isInline) parts.push({ kind: "inline_script", detail: excerpt(content) });
  }
  for (const [, handler = ""] of html.matchAll(HANDLER))
    parts.push({ kind: "inline_script", detail: excerpt(handler) });
  const addresses = new Set<string>();
  for (const [, attributes = ""] of html.matchAll(LOADING)) {
    for (const [, double, single, bare] of attributes.matchAll(ADDRESS)) addresses.add(double ?? single ?? bare ?? "");
  }
  for (const address of addresses) {
    const target = targetOf(address, url);
    if (target === null || target.origin !== new URL(url).origin) parts.push({ kind: "foreign", detail: address });
    else if (!known(target.pathname)) parts.push({ kind: "unknown", detail: target.pathname });
  }
  return parts;
}
