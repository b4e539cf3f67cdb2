/**
 * Recipients' pages in plain words: no sentence over 20 words, none of our own words, and a reading level that most people have, by the
 * simple formula of each language. Of every text that those pages can show, with sample facts put in.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES, type Language } from "./languages.ts";
import { missingTexts } from "./missing/index.ts";
import { loadFiles } from "./open/files.ts";
import { loadLanding } from "./open/landing.ts";
import { loadRefused } from "./open/refused.ts";
import { loadReply } from "./open/reply.ts";
import { loadSms } from "./open/sms.ts";
import { loadSteps } from "./open/steps.ts";
import { loadToAll } from "./open/to-all.ts";
import { loadReceipt } from "./receipt/index.ts";
import { loadSecret } from "./secret/index.ts";
import { loadThread } from "./thread/index.ts";

const MOST_WORDS = 20;

/** What a text asks for, by its name: figures as figures, the rest as a name of one word. */
const FACTS: object = new Proxy(
  {},
  {
    get: (_, name) =>
      /count|left|total|minutes|seconds|tries|page|pages|limit|percent/.test(String(name)) ? 3 : "Camille",
  },
);

/** Every text within, functions called. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "function") return textsIn((value as (facts: object) => unknown)(FACTS));
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

async function textsOf(language: Language): Promise<string[]> {
  const loaded = await Promise.all(
    [
      loadLanding,
      loadSteps,
      loadRefused,
      loadFiles,
      loadReply,
      loadToAll,
      loadSms,
      loadThread,
      loadSecret,
      loadReceipt,
    ].map((load) => load[language]()),
  );
  return textsIn([...loaded, missingTexts[language]]);
}

/** Sentences of a text; a title or a label is one as well. */
function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?…])[\s\u00a0\u202f]+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => wordsOf(sentence).length > 0);
}

function wordsOf(sentence: string): string[] {
  return sentence.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu) ?? [];
}

/** Vowels that stand together are one syllable; a mute e at the end of an English or French word is none. */
function syllablesOf(word: string, language: Language): number {
  let plain = word.toLowerCase();
  if (language === "en") plain = plain.replace(/(?<=[a-z]{2})(?<!l)e$/, "");
  if (language === "fr") plain = plain.replace(/(?<=\p{L}{2})(e|es|ent)$/u, "");
  return Math.max(1, plain.match(/[aeiouyàâäéèêëîïôöùûüœæ]+/gu)?.length ?? 1);
}

/** Words in a sentence, syllables in a word → 0 (hard) to 100 (easy); 60 is plain language. */
const EASE: Readonly<Record<Language, { by: string; of(words: number, syllables: number): number; least: number }>> = {
  en: { by: "Flesch", of: (words, syllables) => 206.835 - 1.015 * words - 84.6 * syllables, least: 70 },
  fr: { by: "Kandel and Moles", of: (words, syllables) => 207 - 1.015 * words - 73.6 * syllables, least: 70 },
  de: { by: "Amstad", of: (words, syllables) => 180 - words - 58.5 * syllables, least: 65 },
  nl: { by: "Douma", of: (words, syllables) => 206.84 - 0.93 * words - 77 * syllables, least: 70 },
};

/** Ours, not theirs: README of the specification, "Words". */
const JARGON: Readonly<Record<Language, RegExp>> = {
  en: /\b(tokens?|grants?|fragments?|envelopes?|manifests?|chunks?|keyrings?|verifiers?|hash(es)?|ciphertext|payload|opening request)\b/i,
  fr: /\b(jetons?|tokens?|fragments?|octrois?|manifestes?|trousseaux?|condensats?|hash|charge utile)\b/i,
  nl: /\b(tokens?|grants?|fragment(en)?|enveloppen?|manifest(en)?|sleutelbos|hash(es)?|payload)\b/i,
  de: /\b(Tokens?|Grants?|Fragmente?|Umschl[aä]ge?|Manifeste?|Schlüsselbund|Hash(es)?|Payload)\b/i,
};

for (const language of LANGUAGES) {
  test(`M12, M17: recipients' pages in ${language}: short sentences, no jargon, plain enough to read`, async (t) => {
    const texts = await textsOf(language);
    assert.ok(texts.length > 200, `${texts.length} texts`);
    const sentences = texts.flatMap(sentencesOf);
    const long = sentences.filter((sentence) => wordsOf(sentence).length > MOST_WORDS);
    assert.deepEqual(long, [], `over ${MOST_WORDS} words`);
    assert.deepEqual(
      texts.filter((text) => JARGON[language].test(text)),
      [],
      "our words",
    );
    // labels of a word or two are no prose: the formula is for sentences
    const prose = sentences.filter((sentence) => wordsOf(sentence).length >= 4);
    const words = prose.flatMap(wordsOf).filter((word) => /\p{L}/u.test(word));
    const syllables = words.reduce((sum, word) => sum + syllablesOf(word, language), 0);
    const { by, of, least } = EASE[language];
    const ease = of(words.length / prose.length, syllables / words.length);
    t.diagnostic(`reading ease by ${by}: ${ease.toFixed(0)} (at least ${least}), ${prose.length} sentences`);
    assert.ok(ease >= least, `${ease.toFixed(1)}`);
  });
}

test("M12: a long sentence, a word of ours and hard prose are found", () => {
  assert.equal(sentencesOf("One. Two and three! Four: five").length, 3);
  assert.equal(wordsOf("It’s a one-time code, isn’t it?").length, 6);
  assert.ok(JARGON.en.test("Your token is over") && !JARGON.en.test("Your code is over"));
  assert.equal(syllablesOf("message", "en"), 2);
  assert.equal(syllablesOf("confidentialité", "fr"), 6);
});
