/** The words of the API explorer: each in every language. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LANGUAGES } from "@pli/texts/languages";

type Words = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
const source = new URL("./explorer/words.js", import.meta.url);
const { WORDS } = (await import(source.href)) as { WORDS: Words };
const page = readFileSync(new URL("./explorer/explorer.html", import.meta.url), "utf8");

test("C1: the API explorer has every word in every language, each with its typography", () => {
  assert.deepEqual(Object.keys(WORDS).sort(), [...LANGUAGES].sort());
  const keys = Object.keys(WORDS.en ?? {});
  for (const language of LANGUAGES) {
    assert.deepEqual(Object.keys(WORDS[language] ?? {}), keys, language);
    assert.ok(page.includes(`<option value="${language}" lang="${language}">`), `${language} can be chosen`);
  }
  for (const [, name = ""] of page.matchAll(/data-(?:word|label)="(\w+)"/g)) assert.ok(keys.includes(name), name);
  for (const text of Object.values(WORDS.fr ?? {}).flat()) {
    if (typeof text === "string") assert.doesNotMatch(text, /'|[ \w][?!;:](\s|$)/, text);
  }
  for (const text of [...Object.values(WORDS.nl ?? {}), ...Object.values(WORDS.de ?? {})].flat()) {
    if (typeof text === "string") assert.doesNotMatch(text, /['"]|\s[?!;:](\s|$)/, text);
  }
});
