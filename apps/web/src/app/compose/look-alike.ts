/**
 * Addresses that look like one the member knows, but are not it (spec: messages.md M10): the most frequent leak is a wrong recipient.
 * Two signs: the same picture (confusable characters), or one slip of the finger. Points out, never decides.
 */
import { sameAddress } from "./addresses.ts";

/** Characters that look alike in common typefaces, to one of them. Digits, Latin, and the Cyrillic and Greek twins in use for fraud. */
const TWINS: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "l",
  i: "l",
  "|": "l",
  "5": "s",
  "\u0430": "a",
  "\u0435": "e",
  "\u043e": "o",
  "\u0440": "p",
  "\u0441": "c",
  "\u0445": "x",
  "\u0443": "y",
  "\u0456": "l",
  "\u0455": "s",
  "\u03bf": "o",
  "\u03b1": "a",
  "\u03bd": "v",
  "\u0131": "l",
};

/** What an address looks like at a glance. */
function picture(address: string): string {
  const plain = address.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return [...plain]
    .map((character) => TWINS[character] ?? character)
    .join("")
    .replaceAll("rn", "m")
    .replaceAll("vv", "w")
    .replaceAll("cl", "d");
}

/** Whether one insertion, deletion, change or swap of neighbours makes one out of the other (Damerau). */
function oneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const restA = a.slice(at);
  const restB = b.slice(at);
  if (restA.slice(1) === restB.slice(1)) return true;
  if (restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}

function split(address: string): [string, string] {
  const at = address.lastIndexOf("@");
  return [address.slice(0, at), address.slice(at + 1)];
}

/**
 * @param known addresses that the member wrote to before, and the member's own
 * @returns the known address it looks like, or null: also when it is itself known
 */
export function lookAlike(typed: string, known: readonly string[]): string | null {
  if (known.some((one) => sameAddress(one, typed))) return null;
  const [local, domain] = split(typed.toLowerCase());
  const seen = picture(typed);
  for (const one of known) {
    const [knownLocal, knownDomain] = split(one.toLowerCase());
    if (picture(one) === seen) return one;
    if (local === knownLocal && oneSlip(domain, knownDomain)) return one;
    // short names differ by a letter all the time (ana, eva): a slip counts in longer ones
    if (domain === knownDomain && local.length > 4 && oneSlip(local, knownLocal)) return one;
  }
  return null;
}

/** Whose domain nearly is one that the member writes to: `example.org` and `exarnple.org`, whoever is in front. */
export function lookAlikeDomain(typed: string, known: readonly string[]): string | null {
  const [, domain] = split(typed.toLowerCase());
  const domains = new Set(known.map((one) => split(one.toLowerCase())[1]));
  if (domains.has(domain)) return null;
  for (const one of domains) {
    if (picture(one) === picture(domain) || (one.length > 6 && oneSlip(one, domain))) return one;
  }
  return null;
}

/** Where two texts differ, as pieces of the typed one: to mark what the eye passes over. */
export function differences(typed: string, known: string): { text: string; differs: boolean }[] {
  let start = 0;
  while (start < typed.length && start < known.length && typed[start] === known[start]) start++;
  let end = 0;
  while (
    end < Math.min(typed.length, known.length) - start &&
    typed[typed.length - 1 - end] === known[known.length - 1 - end]
  )
    end++;
  return [
    { text: typed.slice(0, start), differs: false },
    { text: typed.slice(start, typed.length - end), differs: true },
    { text: typed.slice(typed.length - end), differs: false },
  ].filter(({ text }) => text !== "");
}
