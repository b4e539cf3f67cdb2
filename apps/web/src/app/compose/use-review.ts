/** The review of a draft's people (M10), asked of the server once for each set of addresses. Without an answer everybody unknown is new. */
import { findRecipients } from "@pli/client";
import type { KnownRecipient } from "@pli/core/wire";
import { useEffect, useState } from "preact/hooks";
import { server } from "../api.ts";
import { me } from "../session.ts";
import type { Person } from "./addresses.ts";
import { knownDomains, knownOf, knownPeople, learn, loadPeople } from "./people.ts";
import { type Doubt, isNew, type ReviewFacts, review } from "./review.ts";
import { knownAddresses } from "./suspicion.ts";

/** So many new names are looked for: more are a list, not a slip. */
const NAMES = 5;

export interface Review {
  /** False while the server is asked. */
  readonly isDone: boolean;
  doubtsOf(person: Person): readonly Doubt[];
  isNew(person: Person): boolean;
}

export function useReview(people: readonly Person[]): Review {
  const [asked, setAsked] = useState<string>();
  const [namesakes, setNamesakes] = useState<readonly KnownRecipient[]>([]);
  const key = people.map(({ address }) => address).join(" ");
  const facts: ReviewFacts = {
    known: knownOf,
    knownAddresses: knownAddresses(),
    knownDomains: knownDomains.value,
    namesakes: [...namesakes, ...knownPeople()],
    ownAddress: me().address,
  };
  useEffect(() => {
    let isGone = false;
    void ask(people)
      .catch(() => [])
      .then((found) => {
        if (isGone) return;
        setNamesakes(found);
        setAsked(key);
      });
    return () => {
      isGone = true;
    };
  }, [key]);
  const doubts = new Map(review(people, facts).map((all, at) => [people[at], all] as const));
  return {
    isDone: asked === key,
    doubtsOf: (person) => doubts.get(person) ?? [],
    isNew: (person) => isNew(person, facts),
  };
}

async function ask(people: readonly Person[]): Promise<KnownRecipient[]> {
  await Promise.all([loadPeople(), learn(people)]);
  const names = people.filter((one) => one.name?.includes(" ") && !knownOf(one.address)).slice(0, NAMES);
  const found = await Promise.all(names.map(({ name = "" }) => findRecipients(server, name)));
  return found.flat();
}
