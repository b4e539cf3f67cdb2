/** People the member wrote to, from the sent list (spec: messages.md M1, M10): for completion, and to notice who is new. Kept for the tab. */
import { listEnvelopes } from "@pli/client";
import { signal } from "@preact/signals";
import { server } from "../api.ts";
import { type Person, sameAddress } from "./addresses.ts";

const PAGES = 3;
const PER_PAGE = 100;

interface Known extends Person {
  readonly times: number;
}

export const knownPeople = signal<readonly Known[]>([]);
let loading: Promise<void> | undefined;

/** Looks through the latest sent messages, once for a tab. Without an answer there is nobody to propose. */
export function loadPeople(): Promise<void> {
  loading ??= (async () => {
    const found = new Map<string, Known>();
    let cursor: string | undefined;
    for (let page = 0; page < PAGES; page++) {
      const answer = await listEnvelopes(server, { limit: PER_PAGE, ...(cursor !== undefined && { cursor }) });
      for (const { recipients, state } of answer.items) {
        if (state === "draft") continue;
        for (const { address, name } of recipients) {
          const id = address.toLowerCase();
          const before = found.get(id);
          found.set(id, { address, name: before?.name ?? name, times: (before?.times ?? 0) + 1 });
        }
      }
      cursor = answer.next;
      if (cursor === undefined) break;
    }
    knownPeople.value = [...found.values()].sort((a, b) => b.times - a.times);
  })().catch(() => {
    loading = undefined;
  });
  return loading;
}

/** After a sending: these are known now. */
export function addKnown(people: readonly Person[]): void {
  const fresh = people.filter(({ address }) => !knownPeople.peek().some((one) => sameAddress(one.address, address)));
  knownPeople.value = [...knownPeople.peek(), ...fresh.map((person) => ({ ...person, times: 1 }))];
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The best few for what is typed: beginnings of names, of words in them, of addresses. */
export function complete(typed: string, taken: readonly Person[]): Person[] {
  const sought = plain(typed.trim());
  if (sought === "") return [];
  return knownPeople.value
    .filter(({ address }) => !taken.some((one) => sameAddress(one.address, address)))
    .filter(({ address, name }) => {
      if (address.toLowerCase().startsWith(sought) || address.toLowerCase().split("@")[1]?.startsWith(sought))
        return true;
      const words = plain(name ?? "");
      return words.startsWith(sought) || words.split(/[\s-]+/).some((word) => word.startsWith(sought));
    })
    .slice(0, 6);
}
