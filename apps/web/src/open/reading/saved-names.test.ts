import assert from "node:assert/strict";
import { test } from "node:test";
import { shownName } from "@pli/client/shown-name";
import fc from "fast-check";
import { savedName, zipNames } from "./saved-names.ts";

test("M14: a name that turns the line around is shown as it is", () => {
  assert.equal(shownName("invoice\u202Efdp.exe"), "invoicefdp.exe");
  assert.equal(shownName("a\u2066b\u0000c\u200Fd\n"), "abcd");
  assert.equal(shownName("\u202E"), "?");
  assert.equal(shownName("a\u3164b\u115fc\u{e0041}d.pdf"), "abcd.pdf", "fillers are drawn as nothing");
  assert.equal(shownName("نامه\u200cها ✉\ufe0f.pdf"), "نامه\u200cها ✉\ufe0f.pdf", "joiners belong to their script");
});

test("M14: a saved name has no path, no reserved name, no trailing dot", () => {
  assert.equal(savedName("../../etc/passwd"), "passwd");
  assert.equal(savedName("C:\\Windows\\system.ini"), "system.ini");
  assert.equal(savedName("CON.txt"), "_CON.txt");
  assert.equal(savedName("what?.txt. "), "what_.txt");
  assert.equal(savedName(".."), "file");
  for (const name of ["AUX.txt", "conin$.txt", "COM¹"]) assert.equal(savedName(name), `_${name}`);
  assert.equal(savedName("AUX .txt"), "_AUX.txt");
  assert.equal(savedName(""), "file");
});

test("M14: no blank pushes the ending of a name out of sight", () => {
  for (const blank of ["\u2800", "\u00a0", "\u3000", " "]) {
    const name = `invoice.pdf${blank.repeat(40)}.exe`;
    assert.equal(shownName(name), "invoice.pdf .exe");
    for (const made of [savedName(name), ...zipNames([name])]) assert.equal(made, "invoice.pdf.exe");
  }
});

test("M14: names that a system holds for one do not overwrite one another", () => {
  assert.deepEqual(zipNames(["\u00e9t\u00e9.txt", "e\u0301te\u0301.txt"]), [
    "\u00e9t\u00e9.txt",
    "\u00e9t\u00e9 (2).txt",
  ]);
});

test("M14: names in a ZIP keep their folders, never climb, and are all different", () => {
  assert.deepEqual(zipNames(["a/b.txt", "../a/B.txt", "/a//b.txt", "noending", "noending"]), [
    "a/b.txt",
    "a/B (2).txt",
    "a/b (3).txt",
    "noending",
    "noending (2)",
  ]);
});

test("M14: thousands of files of one name are told apart at once", () => {
  const beganMs = performance.now();
  const made = zipNames(Array.from({ length: 20_000 }, (_, index) => (index % 2 ? "a.txt" : "A.TXT")));
  assert.ok(performance.now() - beganMs < 1000);
  assert.deepEqual(made.slice(-1), ["a (20000).txt"]);
  assert.equal(new Set(made.map((name) => name.toLowerCase())).size, 20_000);
});

test("M14: property: whatever the names, the ones of a ZIP are safe and unique", () => {
  const names = fc.array(
    fc.oneof(fc.string(), fc.constantFrom("..", "a/../b", "nul", "x/", "\\\\host\\share", "\u202Etxt.exe")),
  );
  fc.assert(
    fc.property(names, (given) => {
      const made = zipNames(given);
      assert.equal(made.length, given.length);
      assert.equal(new Set(made.map((name) => name.toLowerCase())).size, given.length);
      for (const name of made) {
        assert.doesNotMatch(name, /^\/|\\|\p{Cc}|\u202e|[<>:"|?*]/u);
        for (const step of name.split("/")) assert.ok(step !== "" && step !== "." && step !== "..", name);
      }
    }),
  );
});
