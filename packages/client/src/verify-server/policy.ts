/**
 * Whether a Content-Security-Policy allows anything that the published one does not (CSP level 3, Trusted Types). A browser enforces every
 * policy that it gets, so one that is strict enough is enough. What is not understood counts as weaker, never as equal.
 */

type Directives = ReadonlyMap<string, ReadonlySet<string>>;

/** A fetch directive that is absent takes the sources of the next of its line that is there; `default-src` ends every line. */
const FALLBACKS: Readonly<Record<string, readonly string[]>> = {
  "child-src": [],
  "connect-src": [],
  "fenced-frame-src": ["frame-src", "child-src"],
  "font-src": [],
  "frame-src": ["child-src"],
  "img-src": [],
  "manifest-src": [],
  "media-src": [],
  "object-src": [],
  "prefetch-src": [],
  "script-src": [],
  "script-src-attr": ["script-src"],
  "script-src-elem": ["script-src"],
  "style-src": [],
  "style-src-attr": ["style-src"],
  "style-src-elem": ["style-src"],
  "worker-src": ["child-src", "script-src"],
};
/** Absent, they allow everything. */
const PLACES: readonly string[] = ["base-uri", "form-action", "frame-ancestors", "trusted-types"];
/** Their presence only ever takes something away. */
const TIGHTENING: readonly string[] = ["sandbox", "upgrade-insecure-requests", "block-all-mixed-content"];

/** The first of two directives of one name counts; names and keywords know no case. */
function parse(policy: string): Directives {
  const directives = new Map<string, ReadonlySet<string>>();
  for (const part of policy.split(";")) {
    const [name, ...values] = part.trim().toLowerCase().split(/\s+/);
    if (name && !directives.has(name)) directives.set(name, new Set(values.filter((value) => value !== "'none'")));
  }
  return directives;
}

/** Sources that apply, null for "everything". */
function sourcesOf(policy: Directives, name: string): ReadonlySet<string> | null {
  const line = PLACES.includes(name) ? [name] : [name, ...(FALLBACKS[name] ?? []), "default-src"];
  for (const one of line) {
    const sources = policy.get(one);
    if (sources !== undefined) return sources;
  }
  return null;
}

function isWithin(served: ReadonlySet<string> | null, published: ReadonlySet<string> | null): boolean {
  return published === null || (served !== null && [...served].every((source) => published.has(source)));
}

function weakerOf(served: Directives, published: Directives): string | null {
  for (const name of ["default-src", ...Object.keys(FALLBACKS), ...PLACES]) {
    const [allowed, wanted] = [sourcesOf(served, name), sourcesOf(published, name)];
    if (isWithin(allowed, wanted)) continue;
    return [name, ...[...(allowed ?? [])].filter((source) => !wanted?.has(source))].join(" ");
  }
  const trusted = "require-trusted-types-for";
  if (!isWithin(published.get(trusted) ?? new Set(), served.get(trusted) ?? new Set())) return trusted;
  const known = ["default-src", trusted, ...Object.keys(FALLBACKS), ...PLACES, ...TIGHTENING];
  // Such as report-uri, which tells somebody which pages are visited.
  return [...served.keys()].find((name) => !known.includes(name) && !published.has(name)) ?? null;
}

/** The policy with more places that pages may exchange data with, such as a bucket that takes ciphertext directly. */
export function withConnections(policy: string, origins: readonly string[]): string {
  return origins.length === 0 ? policy : policy.replace(/\bconnect-src [^;]*/, (own) => [own, ...origins].join(" "));
}

/**
 * The first directive by which `header` allows more than `published`, with the sources it has too many, or null. `header` may hold several
 * policies, parted by commas.
 */
export function weakerDirective(header: string, published: string): string | null {
  const wanted = parse(published);
  const found = header.split(",").map((policy) => weakerOf(parse(policy), wanted));
  return found.includes(null) ? null : (found[0] ?? null);
}
