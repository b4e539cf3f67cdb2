/**
 * People the member knows, from contacts and from what was sent (spec: messages.md M1, M7, M10): for completion, for the language of each, and to
 * notice who is new. Kept for the tab. Without an answer of the server nobody is proposed, and nobody is called usual.
 */
import { findRecipients, getRecipientCircle, lookUpRecipients } from "@pli/client";
import { isMobileForm, type KnownRecipient } from "@pli/core/wire";
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { server } from "../api.ts";
import { type Person, sameAddress } from "./addresses.ts";

/** Whom the member wrote to last, the most written to first. */
const circle = signal<readonly KnownRecipient[]>([]);
/** Every domain of theirs, of what they sent and of the contacts. */
export const knownDomains = signal<readonly string[]>([]);
/** What the server said of an address; null: it does not know it. */
const seen = signal<ReadonlyMap<string, KnownRecipient | null>>(new Map());
let loading: Promise<void> | undefined;

/** Asks once for a tab. */
export function loadPeople(): Promise<void> {
  loading ??= getRecipientCircle(server).then(
    ({ items, domains }) => {
      circle.value = items.toSorted((a, b) => b.sends - a.sends);
      knownDomains.value = domains;
      remember(items);
    },
    () => {
      loading = undefined;
    },
  );
  return loading;
}

/** Contacts were changed: what was heard is asked again. */
export function forgetPeople(): void {
  loading = undefined;
  seen.value = new Map();
}

function remember(people: readonly KnownRecipient[]): void {
  seen.value = new Map([...seen.peek(), ...people.map((one) => [one.address.toLowerCase(), one] as const)]);
}

/** What is known of an address; null: the server does not know it; undefined: it was not asked yet. */
export function knownOf(address: string): KnownRecipient | null | undefined {
  return seen.value.get(address.toLowerCase());
}

/** Everybody heard of in this tab. */
export function knownPeople(): KnownRecipient[] {
  return [...seen.value.values()].filter((one) => one !== null);
}

/** Asks about addresses that were typed or pasted. @throws PliError of the call */
export async function learn(people: readonly Person[]): Promise<void> {
  const asked = people
    .map(({ address }) => address)
    // the server knows people by their mail addresses
    .filter((address) => !isMobileForm(address) && !seen.peek().has(address.toLowerCase()));
  if (asked.length === 0) return;
  const found = await lookUpRecipients(server, asked);
  const isKnown = new Set(found.map(({ address }) => address.toLowerCase()));
  const news = asked.map((address) => address.toLowerCase()).filter((key) => !isKnown.has(key));
  seen.value = new Map([...seen.peek(), ...news.map((key) => [key, null] as const)]);
  remember(found);
}

/** After a sending these are known, with what the server says now. */
export function addKnown(people: readonly Person[]): void {
  const keys = new Set(people.map(({ address }) => address.toLowerCase()));
  seen.value = new Map([...seen.peek()].filter(([key]) => !keys.has(key)));
  loading = undefined;
}

const MOST = 8;
const plain = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const hasAddress = (people: readonly Person[], { address }: Person) =>
  people.some((one) => sameAddress(one.address, address));

/** Of those at hand: beginnings of names, of words in them, of companies and addresses. */
function complete(typed: string): KnownRecipient[] {
  const sought = plain(typed.trim());
  if (sought === "") return [];
  return circle.value.filter(({ address, name = "", company = "" }) => {
    const [local = "", domain = ""] = address.toLowerCase().split("@");
    const words = [...plain(`${name} ${company}`).split(/[\s-]+/), ...local.split(/[._+-]/), domain];
    const starts = (text: string) => text.startsWith(sought);
    return starts(address.toLowerCase()) || starts(plain(name)) || words.some(starts);
  });
}

/** The server is asked when the hands rest so long. */
const REST_MS = 150;

/** Whom `typed` may mean: those at hand at once; what the server finds joins below, so that nothing moves under the pointer. */
export function useProposals(typed: string, taken: () => readonly Person[]): readonly KnownRecipient[] {
  const [found, setFound] = useState<{ typed: string; items: readonly KnownRecipient[] }>({ typed: "", items: [] });
  const near = complete(typed).slice(0, MOST);
  useEffect(() => {
    if (typed.trim() === "" || near.length >= MOST) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      findRecipients(server, typed.trim(), abort.signal).then(
        (items) => {
          remember(items);
          setFound({ typed, items });
        },
        () => undefined,
      );
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [typed]);
  const more = found.typed === typed ? found.items.filter((one) => !hasAddress(near, one)) : [];
  return [...near, ...more].filter((one) => !hasAddress(taken(), one)).slice(0, MOST);
}
