/**
 * Addresses that look like one the member knows, but are not it (spec: messages.md M10): the most frequent leak is a wrong recipient.
 * Signs: the same picture (confusable
 * characters, also behind punycode), one slip of the finger, another ending, a known name in front of a strange one. Points out, never decides.
 */
import { sameAddress } from "./addresses.ts";

/** Characters that look alike in common typefaces, to one of them. Digits, Latin, and the Cyrillic and Greek twins in use for fraud. */
const TWINS: Readonly<Record<string, string>> = {
  ...{ "0": "o", "1": "l", i: "l", "|": "l", "5": "s", "\u0131": "l", "\u0261": "g", "\u0251": "a" },
  // Cyrillic
  ...{ "\u0430": "a", "\u0435": "e", "\u043e": "o", "\u0440": "p", "\u0441": "c", "\u0445": "x", "\u0443": "y" },
  ...{ "\u0456": "l", "\u0455": "s", "\u0458": "j", "\u04bb": "h", "\u0501": "d", "\u051b": "q", "\u051d": "w" },
  ...{ "\u043c": "m", "\u043d": "h", "\u0442": "t", "\u043a": "k", "\u0432": "b", "\u0433": "r", "\u04cf": "l" },
  // Greek
  ...{ "\u03bf": "o", "\u03b1": "a", "\u03bd": "v", "\u03c1": "p", "\u03b9": "l", "\u03ba": "k", "\u03c5": "u" },
  ...{ "\u03c4": "t", "\u03c7": "x", "\u03b5": "e", "\u03b7": "n", "\u03c9": "w" },
};

const pictures = new Map<string, string>();

/** What an address looks like at a glance. */
function picture(address: string): string {
  const before = pictures.get(address);
  if (before !== undefined) return before;
  const seen = draw(readable(address));
  pictures.set(address, seen);
  return seen;
}

function draw(address: string): string {
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

/**
 * Whose domain nearly is one that the member knows: `example.org` and `exarnple.org`, `example.com`, `example.org.mail.example`, whoever is in front.
 * @param more domains that are known without an address
 */
export function lookAlikeDomain(typed: string, known: readonly string[], more: readonly string[] = []): string | null {
  const [, domain] = split(typed.toLowerCase());
  const domains = new Set([...known.map((one) => split(one.toLowerCase())[1]), ...more]);
  if (domains.has(domain)) return null;
  for (const one of domains) {
    if (picture(one) === picture(domain) || (one.length > 6 && oneSlip(one, domain))) return one;
    if (domain.startsWith(`${one}.`) || isOtherEnding(domain, one)) return one;
  }
  return null;
}

/** Endings under which nearly every name is somebody else's. */
const ENDINGS = /^(com|net|org|eu|info|biz|co|fr|be|nl|de|lu|ch|at|uk|cm|om)$/;

/** `example.fr` and `example.com`: names of a letter or three are many people's. */
function isOtherEnding(a: string, b: string): boolean {
  const [nameA = "", endA = ""] = [a.slice(0, a.lastIndexOf(".")), a.slice(a.lastIndexOf(".") + 1)];
  const [nameB = "", endB = ""] = [b.slice(0, b.lastIndexOf(".")), b.slice(b.lastIndexOf(".") + 1)];
  return nameA.length > 4 && nameA === nameB && endA !== endB && ENDINGS.test(endA) && !PROVIDERS.test(nameA);
}
const PROVIDERS = /^(gmail|googlemail|yahoo|outlook|hotmail|live|icloud|orange|proton|protonmail|gmx|msn|aol)$/;

/** Latin letters beside Cyrillic or Greek ones in one part of an address: nobody's name is written so. */
export function mixesAlphabets(address: string): boolean {
  return readable(address)
    .split(/[@.]/)
    .some((part) => /\p{Script=Latin}/u.test(part) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(part));
}

/** An address with the letters behind its punycode: `xn--…` (RFC 3492) as it is shown to people. */
function readable(address: string): string {
  return address.toLowerCase().replaceAll(/xn--([a-z0-9-]+)/g, (whole, code: string) => fromPunycode(code) ?? whole);
}

/** @returns null when it is no punycode */
function fromPunycode(code: string): string | null {
  const at = code.lastIndexOf("-");
  const found = [...(at > 0 ? code.slice(0, at) : "")].map((one) => one.codePointAt(0) ?? 0);
  let [point, place, bias] = [128, 0, 72];
  for (let index = at > 0 ? at + 1 : 0; index < code.length; ) {
    const before = place;
    for (let weight = 1, step = 36; ; step += 36) {
      const digit = "abcdefghijklmnopqrstuvwxyz0123456789".indexOf(code[index++] ?? "!");
      if (digit < 0 || place > 0x7fffffff) return null;
      place += digit * weight;
      const threshold = Math.min(26, Math.max(1, step - bias));
      if (digit < threshold) break;
      weight *= 36 - threshold;
    }
    const length = found.length + 1;
    let delta = Math.floor((place - before) / (before === 0 ? 700 : 2));
    delta += Math.floor(delta / length);
    for (bias = 0; delta > 455; bias += 36) delta = Math.floor(delta / 35);
    bias += Math.floor((36 * delta) / (delta + 38));
    point += Math.floor(place / length);
    place %= length;
    if (point > 0x10ffff) return null;
    found.splice(place++, 0, point);
  }
  return String.fromCodePoint(...found);
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
