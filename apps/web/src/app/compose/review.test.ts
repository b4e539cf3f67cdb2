import assert from "node:assert/strict";
import { test } from "node:test";
import type { KnownRecipient } from "@pli/core/wire";
import { crowd, type ReviewFacts, review } from "./review.ts";

const KNOWN: readonly KnownRecipient[] = [
  { address: "ann@notaires.example", name: "Ann Bee", sends: 9 },
  { address: "bob@notaires.example", name: "Bob Cee", sends: 5 },
  { address: "lawyer@cabinet.example", sends: 7 },
  { address: "once@cabinet.example", sends: 1 },
  { address: "card@banque.example", name: "Carla Dupont", contactId: "1", sends: 0 },
];
const FACTS: ReviewFacts = {
  known: (address) => KNOWN.find((one) => one.address === address) ?? null,
  knownAddresses: [...KNOWN.map(({ address }) => address), "me@ville.example"],
  knownDomains: ["prefecture.example", "hopital-nord.fr"],
  namesakes: KNOWN,
  ownAddress: "me@ville.example",
};
const doubts = (...people: (string | { address: string; name: string })[]) =>
  review(
    people.map((one) => (typeof one === "string" ? { address: one } : one)),
    FACTS,
  ).map((all) => all.map(({ kind }) => kind).join(" "));

const CASES: readonly (readonly [string, Parameters<typeof doubts>, readonly string[]])[] = [
  ["nobody usual: everybody is new, and that alone is no question", ["x@a.example", "y@b.example"], ["", ""]],
  ["somebody new among usual people", ["ann@notaires.example", "zoe@other.example"], ["", "new"]],
  ["a contact never written to is known", ["ann@notaires.example", "card@banque.example"], ["", ""]],
  ["a colleague never written to", ["ann@notaires.example", "zoe@ville.example"], ["", ""]],
  ["a look-alike of a known address", ["anm@notaires.example"], [""]],
  ["a look-alike with twins", ["once@cab\u0456net.example"], ["alike letters"]],
  ["somebody new beside oneself", ["me@ville.example", "zoe@other.example"], ["", "new"]],
  ["the domain of a contact, in a like picture", ["zoe@prefecture.exarnple"], ["alike"]],
  ["the domain of a contact, one letter off", ["zoe@prefecture.exampel", "q@prefectvre.example"], ["alike", "alike"]],
  ["another ending", ["zoe@hopital-nord.com"], ["alike"]],
  ["a known domain in front of a strange one", ["zoe@prefecture.example.mail.test"], ["alike"]],
  ["the same name at another address", [{ address: "carla@perso.example", name: "Dupont, Carla" }], ["renamed"]],
  [
    "one at another organisation than all others",
    ["ann@notaires.example", "bob@notaires.example", "once@cabinet.example"],
    ["", "", "stray"],
  ],
  [
    "but not one written to all the time",
    ["ann@notaires.example", "bob@notaires.example", "lawyer@cabinet.example"],
    ["", "", ""],
  ],
  ["colleagues do not count as others", ["ann@notaires.example", "a@ville.example", "b@ville.example"], ["", "", ""]],
  ["providers are no organisation", ["a@gmail.com", "b@gmail.com", "once@cabinet.example"], ["", "", ""]],
  ["letters of two alphabets, whoever it is", ["z\u043ee@other.example"], ["letters"]],
];
for (const [name, people, expected] of CASES) {
  test(`M10: ${name}`, () => assert.deepEqual(doubts(...people), expected));
}

test("M10: many who see each other, or many organisations, are a question; a few are not", () => {
  const at = (count: number, domain: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => ({ address: `p${index}@${domain(index)}` }));
  const one = () => "notaires.example";
  assert.equal(crowd(at(10, one), FACTS.ownAddress), null);
  assert.deepEqual(crowd(at(11, one), FACTS.ownAddress), { people: 11, domains: 1 });
  assert.deepEqual(
    crowd(
      at(4, (index) => `o${index}.example`),
      FACTS.ownAddress,
    ),
    { people: 4, domains: 4 },
  );
  assert.deepEqual(
    crowd(
      at(5, () => "gmail.com"),
      FACTS.ownAddress,
    ),
    { people: 5, domains: 5 },
  );
  assert.equal(
    crowd(
      at(9, () => "ville.example"),
      FACTS.ownAddress,
    ),
    null,
  );
});
