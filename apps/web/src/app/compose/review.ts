/**
 * What to look at twice before sending (spec: messages.md M10): a wrong recipient is the most frequent leak. Pure: people and what is known of them in,
 * doubts out. A doubt is a question that must be answered; it never decides. What is only worth saying is no doubt, so that questions stay few.
 */
import type { KnownRecipient } from "@pli/core/wire";
import { type Person, sameAddress } from "./addresses.ts";
import { lookAlike, lookAlikeDomain, mixesAlphabets } from "./look-alike.ts";

export type Doubt =
  /** It looks like an address, or a domain, that is known. */
  | { readonly kind: "alike"; readonly like: string; readonly isWhole: boolean }
  /** Latin and other letters in one word. */
  | { readonly kind: "letters" }
  /** The same name is known with another address. */
  | { readonly kind: "renamed"; readonly known: KnownRecipient }
  /** Never written to, while the others are usual. */
  | { readonly kind: "new" }
  /** All the others are at one other organisation. */
  | { readonly kind: "stray"; readonly domain: string; readonly others: string };

export interface ReviewFacts {
  /** undefined: nobody could be asked. */
  known(address: string): KnownRecipient | null | undefined;
  readonly knownAddresses: readonly string[];
  readonly knownDomains: readonly string[];
  /** Known people by name, asked of the server for those who are new. */
  readonly namesakes: readonly KnownRecipient[];
  readonly ownAddress: string;
}

/** Written to so often, an address of another organisation is no surprise any more. */
const USUAL_SENDS = 3;
/** Everybody's mail: whoever is there is of no organisation. */
const PROVIDERS =
  /^(gmail|googlemail|yahoo|ymail|outlook|hotmail|live|msn|icloud|me|orange|wanadoo|free|laposte|sfr|skynet|telenet|proximus|proton|protonmail|gmx|web|t-online|aol|bluewin|kpnmail|ziggo)\.[a-z.]+$/;

export const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1).toLowerCase();
const nameKey = (name: string | undefined) =>
  (name ?? "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .sort()
    .join(" ");

export function isNew(person: Person, facts: ReviewFacts): boolean {
  const known = facts.known(person.address);
  if (sameAddress(person.address, facts.ownAddress)) return false;
  return known === null || known === undefined || (known.sends === 0 && known.contactId === undefined);
}

/** The doubts about each person, in the order of `people`. */
export function review(people: readonly Person[], facts: ReviewFacts): Doubt[][] {
  const fresh = people.filter((person) => isNew(person, facts));
  const usual = people.length - fresh.length;
  const ownDomain = domainOf(facts.ownAddress);
  return people.map((person) => {
    const { address } = person;
    const doubts: Doubt[] = [];
    const isFresh = fresh.includes(person);
    if (isFresh) {
      const whole = lookAlike(address, facts.knownAddresses);
      const domain = whole ? null : lookAlikeDomain(address, facts.knownAddresses, facts.knownDomains);
      if (whole) doubts.push({ kind: "alike", like: whole, isWhole: true });
      else if (domain)
        doubts.push({
          kind: "alike",
          like: `${address.slice(0, address.lastIndexOf("@") + 1)}${domain}`,
          isWhole: false,
        });
      if (mixesAlphabets(address)) doubts.push({ kind: "letters" });
      const key = nameKey(person.name);
      const namesake = key.includes(" ") && facts.namesakes.find((one) => nameKey(one.name) === key);
      if (namesake && !sameAddress(namesake.address, address) && doubts.length === 0)
        doubts.push({ kind: "renamed", known: namesake });
      const isOutlier = usual >= fresh.length && domainOf(address) !== ownDomain;
      if (isOutlier && doubts.length === 0) doubts.push({ kind: "new" });
    }
    const others = strayFrom(person, people, ownDomain);
    const isHabit = (facts.known(address)?.sends ?? 0) >= USUAL_SENDS;
    if (others !== null && !isHabit && !doubts.some(({ kind }) => kind === "alike"))
      doubts.push({ kind: "stray", domain: domainOf(address), others });
    return doubts;
  });
}

/** The one organisation at which everybody else is, colleagues apart; null when there is none, or when this one is there, too. */
function strayFrom(person: Person, people: readonly Person[], ownDomain: string): string | null {
  const own = domainOf(person.address);
  if (own === ownDomain) return null;
  const others = people.filter((one) => one !== person && domainOf(one.address) !== ownDomain);
  const domains = new Set(others.map((one) => domainOf(one.address)));
  const [domain] = domains;
  if (others.length < 2 || domains.size > 1 || domain === undefined || domain === own) return null;
  return PROVIDERS.test(domain) ? null : domain;
}

/** More who see each other's addresses than this are worth a question, and more organisations. */
const MANY = 10;
const MANY_DOMAINS = 3;

/** How many see each other's addresses, of how many organisations; null when they are few. @param open those in To and Cc */
export function crowd(
  open: readonly Person[],
  ownAddress: string,
): { readonly people: number; readonly domains: number } | null {
  const outside = open.map((one) => domainOf(one.address)).filter((one) => one !== domainOf(ownAddress));
  const domains = new Set(outside.map((one, at) => (PROVIDERS.test(one) ? `${one} ${at}` : one))).size;
  return open.length > MANY || domains > MANY_DOMAINS ? { people: open.length, domains } : null;
}
