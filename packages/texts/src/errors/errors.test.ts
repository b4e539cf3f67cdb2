/** Every error code is said in every language, in words that people can use. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ERROR_CODES } from "@pli/core/errors";
import { LANGUAGES } from "../languages.ts";
import { errorText } from "./index.ts";

/** Ours, never the reader's (look.md). */
const JARGON = /\b(envelope|grant|token|fragment|payload|enveloppe|jeton|octroi|Umschlag|envelop)\b/i;

test("M17: every code has a title and a sentence in each language, without jargon, none of them doubled", () => {
  for (const language of LANGUAGES) {
    const titles = new Set<string>();
    for (const code of ERROR_CODES) {
      const { title, text } = errorText(language, code);
      assert.ok(title.length > 3 && text.length > 10, `${language} ${code}`);
      assert.match(text, /[.!?]$/, `${language} ${code} ends without a stop`);
      assert.doesNotMatch(`${title} ${text}`, JARGON, `${language} ${code}`);
      assert.ok(!titles.has(title), `${language} ${code} has the title of another code`);
      titles.add(title);
      for (const sentence of text.split(/(?<=[.!?]) /)) {
        assert.ok(sentence.split(" ").length <= 22, `${language} ${code}: too long: ${sentence}`);
      }
    }
  }
});

test("M17: French has its own typography: curly apostrophes, no-break spaces before double signs", () => {
  for (const code of ERROR_CODES) {
    const { title, text } = errorText("fr", code, { triesLeft: 1, retryAfterSeconds: 61, limit: 20 });
    assert.doesNotMatch(`${title} ${text}`, /'|[ \w][?!;:](\s|$)/, code);
  }
});

test("M17: German and Dutch put no space before high punctuation and address the reader as Sie and u", () => {
  for (const code of ERROR_CODES) {
    const [german, dutch] = (["de", "nl"] as const).map((language) => {
      const { title, text } = errorText(language, code, { triesLeft: 1, retryAfterSeconds: 61, limit: 20 });
      return `${title} ${text}`;
    });
    assert.doesNotMatch(german ?? "", /['"]|\s[?!;:]|\b(du|dir|dich|dein\w*)\b/i, code);
    assert.doesNotMatch(dutch ?? "", /['"]|\s[?!;:]|\b(je|jij|jou|jouw)\b/i, code);
  }
});

test("M17: tries left and waiting time are said with the error", () => {
  assert.match(errorText("en", "wrong_password", { triesLeft: 1 }).text, /You have 1 try left\.$/);
  assert.match(errorText("en", "locked", { retryAfterSeconds: 899 }).text, /Try again in 15 minutes\.$/);
  assert.match(errorText("fr", "wrong_code", { triesLeft: 3 }).text, /Il vous reste 3 essais\.$/);
  assert.match(errorText("de", "wrong_code", { triesLeft: 1 }).text, /Sie haben noch 1 Versuch\.$/);
  assert.match(errorText("nl", "locked", { retryAfterSeconds: 899 }).text, /over 15 minuten opnieuw\.$/);
});
