/** Questions about people before a message leaves. English. */
import { plural } from "../format.ts";

export const review = {
  titles: {
    letters: "This address mixes two alphabets",
    renamed: "You know this name with another address",
    new: "You have never written to this address",
    stray: "This person is at another organisation",
  },
  lettersText: "Some of its letters only look like the ones you expect. This is a common way to deceive.",
  renamedText: (a: { address: string }) => `Until now you knew ${a.address}. Ask, if you are not sure.`,
  newText: "You know the other people of this message.",
  strayText: (a: { domain: string; others: string }) => `It ends in ${a.domain}; all the others end in ${a.others}.`,
  crowdDomains: (a: { count: number }) =>
    plural("en", a.count, { one: "They are at one organisation.", other: `They are at ${a.count} different places.` }),
  crowdRight: "They may see each other’s addresses",
  crowdFirst: "First answer the question about who sees whom.",
  checking: "Looking at the addresses…",
  sealedFor: (a: { done: number; count: number }) => `Sealed for ${a.done} of ${a.count} people.`,
};
