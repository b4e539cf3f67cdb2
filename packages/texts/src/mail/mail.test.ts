/** Every mail in every language: complete, in the reader's words, without anything of a message. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES, type Language } from "../languages.ts";
import { localMailboxTexts, type MailFacts, type MailKind, type MailWords, mailTexts } from "./index.ts";

const house = { organisation: "Ville d’Aubrelune", host: "plis.aubrelune.example" };
const times = { atMs: Date.UTC(2026, 10, 23), timeZone: "Europe/Paris" };
const FACTS: { readonly [K in MailKind]: readonly MailFacts[K][] } = {
  message: [1, 3].flatMap((openings) =>
    [true, false].map((password) => ({
      senderName: "Camille Orvanne",
      senderAddress: "camille@aubrelune.example",
      expiresAtMs: times.atMs,
      timeZone: times.timeZone,
      openings,
      password,
    })),
  ),
  code: [
    { reference: "K7 Q4", minutes: 15 },
    { reference: "K7 Q4", minutes: 15, senderName: "Camille" },
  ],
  opened: [0, 1, 2].map((openingsLeft) => ({ recipient: "Juliette", openingsLeft, ...times, reference: "D-12" })),
  unread: [["a@b.example"], ["a@b.example", "c@d.example"]].map((recipients) => ({
    recipients,
    sentAtMs: 0,
    ...times,
  })),
  reply: [{ from: "Juliette", ...times }],
  copy_request: (["new_copy", "not_me", "not_for_me"] as const).map((reason) => ({
    recipient: "Juliette",
    reason,
    ...times,
  })),
  sign_in: [
    { memberName: "", minutes: 15 },
    { memberName: "Camille", minutes: 15 },
  ],
};

function everyMail(language: Language): readonly { readonly kind: MailKind; readonly words: MailWords }[] {
  const texts = mailTexts(language);
  return (Object.keys(FACTS) as MailKind[]).flatMap((kind) =>
    FACTS[kind].map((facts) => ({
      kind,
      words: (texts[kind] as (facts: MailFacts[MailKind], at: typeof house) => MailWords)(facts, house),
    })),
  );
}

function stringsOf(words: MailWords): string[] {
  const rows = words.rows.flatMap(({ label, value, detail }) => [
    label,
    value,
    ...(detail === undefined ? [] : [detail]),
  ]);
  return [
    words.subject,
    words.heading,
    ...words.lead,
    words.action ?? "-",
    words.next ?? "-",
    ...rows,
    words.genuine.question,
    words.genuine.answer,
    ...words.footer,
  ];
}

test("M11: each mail is complete in each language and says how to tell it from a fraud", () => {
  for (const language of LANGUAGES) {
    for (const { kind, words } of everyMail(language)) {
      for (const text of stringsOf(words)) {
        assert.ok(text.trim() !== "", `${language} ${kind}`);
        assert.doesNotMatch(text, /undefined|\bnull\b|NaN|\[object|~/, `${language} ${kind}: ${text}`);
      }
      assert.ok(words.genuine.answer.includes(house.host), `${language} ${kind} does not name the host`);
      assert.ok(words.subject.length <= 90, `${language} ${kind}: a long subject`);
      assert.equal(words.action === undefined, kind === "code");
    }
  }
});

test("M11: a notification tells sender, expiry, openings, protection and what will happen", () => {
  for (const language of LANGUAGES) {
    for (const facts of FACTS.message) {
      const words = mailTexts(language).message(facts, house);
      const all = stringsOf(words).join("\n");
      assert.ok(all.includes(facts.senderName) && all.includes(facts.senderAddress));
      assert.match(all, /2026/);
      assert.equal(/password that|mot de passe que/.test(words.next ?? ""), facts.password);
      assert.ok(language === "fr" || facts.openings === 1 ? true : all.includes(`${facts.openings} times`));
    }
  }
});

test("M7: the two languages differ in every sentence, and French has its own typography", () => {
  const [english, french] = [everyMail("en"), everyMail("fr")];
  english.forEach(({ words }, index) => {
    const other = french[index]?.words;
    assert.ok(other);
    assert.notEqual(words.subject, other.subject);
    assert.notEqual(words.genuine.answer, other.genuine.answer);
    for (const text of stringsOf(other)) assert.doesNotMatch(text, /'|[ \w][?!;](\s|$)|[ \p{L}]:(\s|$)/u, text);
  });
  for (const text of Object.values(localMailboxTexts("fr"))) assert.doesNotMatch(text, /'|[ \w][?!;:](\s|$)/, text);
});
