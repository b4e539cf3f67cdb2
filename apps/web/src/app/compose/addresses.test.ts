import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isAddress, parsePeople } from "./addresses.ts";

const LISTS: readonly (readonly [string, readonly (readonly [string, string?])[], readonly string[]])[] = [
  ["ann@example.org", [["ann@example.org"]], []],
  ["Ann Bee <ann@example.org>, bob@example.org", [["ann@example.org", "Ann Bee"], ["bob@example.org"]], []],
  ['"Bee, Ann" <ann@example.org>; <bob@example.org>', [["ann@example.org", "Bee, Ann"], ["bob@example.org"]], []],
  ["Bee, Ann <ann@example.org>", [["ann@example.org", "Bee, Ann"]], []],
  ["ann@example.org bob@example.org", [["ann@example.org"], ["bob@example.org"]], []],
  [
    "ann@example.org\nbob@example.org\tcarol@example.org",
    [["ann@example.org"], ["bob@example.org"], ["carol@example.org"]],
    [],
  ],
  ["mailto:ann@example.org", [["ann@example.org"]], []],
  ["ann@example.org, nobody", [["ann@example.org"]], ["nobody"]],
  ["ann@@example.org", [], ["ann@@example.org"]],
  ["Zoë <zoë@exämple.org>", [["zoë@exämple.org", "Zoë"]], []],
  ["", [], []],
];

for (const [text, people, rest] of LISTS) {
  test(`M1: “${text.replaceAll(/\s/g, " ")}” is read as people type it`, () => {
    const found = parsePeople(text);
    assert.deepEqual(
      found.people.map(({ address, name }) => (name === undefined ? [address] : [address, name])),
      people,
    );
    assert.deepEqual(found.rest, rest);
  });
}

test("M1: no address holds what would end a header or a list", () => {
  for (const text of [
    "a b@example.org",
    "a@example.org\r\nBcc: x@y.zz",
    "a@example",
    "@example.org",
    "a@.org",
    "a,b@example.org",
  ])
    assert.equal(isAddress(text), false, text);
});

test("M1: whatever is pasted, every person has an address and nothing of it is lost silently", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 120 }), (text) => {
      const { people, rest } = parsePeople(text);
      for (const { address } of people) assert.ok(isAddress(address));
      if (text.trim().replaceAll(/[\s,;"]/g, "") !== "")
        assert.ok(people.length + rest.length > 0 || /^[<>"',;\s]*$/.test(text));
    }),
  );
});
