import assert from "node:assert/strict";
import { test } from "node:test";
import { differences, lookAlike, lookAlikeDomain } from "./look-alike.ts";

const KNOWN = ["ines.valtour@aubrelune.example", "joaquim@courriel.example", "eva@mairie.example"];

const ALIKE: readonly (readonly [string, string | null])[] = [
  ["ines.valtour@aubreIune.example", KNOWN[0] as string], // capital I for l
  ["ines.valtour@aubre1une.example", KNOWN[0] as string],
  ["ines.va\u0430tour@aubrelune.example", KNOWN[0] as string], // one letter of another script
  ["in\u0435s.valtour@aubrelune.example", KNOWN[0] as string], // Cyrillic е
  ["ines.valtour@xn--aubrlune-f8g.example", KNOWN[0] as string], // the same Cyrillic е in a domain
  ["joaquirn@courriel.example", KNOWN[1] as string], // rn for m
  ["joaquin@courriel.example", KNOWN[1] as string], // one slip
  ["jaoquim@courriel.example", KNOWN[1] as string], // two swapped
  ["joaquim@couriel.example", KNOWN[1] as string],
  ["INES.VALTOUR@aubrelune.example", null], // the same mailbox
  ["ava@mairie.example", null], // short names differ by a letter all the time
  ["somebody@elsewhere.example", null],
];

for (const [typed, expected] of ALIKE) {
  test(`M10: ${typed} ${expected ? `looks like ${expected}` : "looks like nobody known"}`, () => {
    assert.equal(lookAlike(typed, KNOWN), expected);
  });
}

test("M10: a domain nearly one's own is pointed out whoever is in front", () => {
  assert.equal(lookAlikeDomain("new.person@aubrelume.example", KNOWN), "aubrelune.example");
  assert.equal(lookAlikeDomain("new.person@aubrelune.example", KNOWN), null);
  assert.equal(lookAlikeDomain("new.person@example.org", KNOWN), null);
});

test("M10: what differs is marked, the rest is not", () => {
  assert.deepEqual(differences("aubreIune", "aubrelune"), [
    { text: "aubre", differs: false },
    { text: "I", differs: true },
    { text: "une", differs: false },
  ]);
});
