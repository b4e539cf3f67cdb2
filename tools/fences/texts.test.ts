/** The check of texts sees what is missing, empty, undeclared or badly set. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compareLanguages, missingLanguages, textFolders, typeSlips } from "./texts.ts";

const english = { texts: { send: "Send", left: (n: number) => `${n} left`, tips: ["a"] } };

test("M7: a key that one language lacks is found, on either side", () => {
  const french = { texts: { send: "Envoyer", tips: ["a"], more: "Plus" } };
  assert.deepEqual(
    compareLanguages(
      "x",
      new Map<string, unknown>([
        ["en", english],
        ["fr", french],
      ]),
    ),
    ["x/fr.ts has no texts.left", "x/en.ts has no texts.more"],
  );
});

test("M7: a text that is empty in one language only is found", () => {
  const french = { texts: { ...english.texts, send: " " } };
  assert.deepEqual(
    compareLanguages(
      "x",
      new Map<string, unknown>([
        ["en", english],
        ["fr", french],
      ]),
    ),
    ["x/fr.ts: texts.send is empty"],
  );
});

test("M7: a declared language without a file is found, and a file without a declaration", () => {
  const folders = textFolders([
    "packages/texts/src/open/en.ts",
    "packages/texts/src/open/nl.ts",
    "packages/texts/src/format.ts",
  ]);
  assert.deepEqual(missingLanguages(folders, ["fr", "en"]), [
    "packages/texts/src/open/fr.ts is missing",
    "packages/texts/src/open/nl.ts: nl is not a declared language",
  ]);
});

test("M7: French has its own apostrophe and its own spaces", () => {
  const slips = (text: string) =>
    typeSlips("fr", "fr.ts", `export const t = { a: ${JSON.stringify(text)}, b: () => \`${text}\` };`).length;
  assert.equal(slips("l'envoi"), 2);
  assert.equal(slips("Est-ce bien nous ?"), 2);
  assert.equal(slips("« oui »"), 2);
  assert.equal(slips("L’envoi est-il «\u202fprêt\u202f»\u202f? à 10:30, https://pli.example"), 0);
});

test("M7: German and Dutch have their own quotation marks, and no space before high punctuation", () => {
  const slips = (language: string, text: string) =>
    typeSlips(language, "x.ts", `export const t = ${JSON.stringify(text)};`).length;
  assert.equal(slips("de", "Wirklich ?"), 1);
  assert.equal(slips("de", "„ja”"), 1);
  assert.equal(slips("de", "„Ja“: https://pli.example um 10:30?"), 0);
  assert.equal(slips("nl", "„ja“"), 1);
  assert.equal(slips("nl", "foto's"), 1);
  assert.equal(slips("nl", "‘Ja’: foto’s?"), 0);
});
