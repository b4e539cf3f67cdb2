/** Every mail in every language: complete, in the reader's words, without anything of a message. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeliveryReason } from "@pli/core/wire";
import { deliveryTexts } from "../delivery/index.ts";
import { LANGUAGES, type Language } from "../languages.ts";
import { localMailboxTexts, type MailFacts, type MailKind, type MailWords, mailTexts } from "./index.ts";

const DELIVERY_REASONS = Object.keys(deliveryTexts("en").reasons) as readonly DeliveryReason[];
const house = { organisation: "Ville d’Aubrelune", host: "plis.aubrelune.example" };
const times = { atMs: Date.UTC(2026, 10, 23), timeZone: "Europe/Paris" };
const FACTS: { readonly [K in MailKind]: readonly MailFacts[K][] } = {
  message: [1, 3].flatMap((openings) =>
    [true, false].map((password) => ({
      sms: openings === 3,
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
  bounced: DELIVERY_REASONS.map((reasonCode, index) => ({
    recipient: "Juliette",
    address: "juliette@courriel.example",
    reasonCode,
    ...times,
    ...(index === 0 ? { statusCode: "5.1.1", reference: "D-12" } : {}),
  })),
  news: [{ subject: "Pli 2", paragraphs: ["Faster.", "Calmer."] }],
  maintenance: [{ subject: "Pli", paragraphs: ["23:00"] }],
  confirm: [{ reference: "K7 Q4", minutes: 10 }],
  sign_in: [
    { memberName: "", minutes: 15 },
    { memberName: "Camille", minutes: 15 },
  ],
  security: [
    ...(["passkey_added", "passkey_removed"] as const).map((event) => ({ event, name: "iPhone", ...times })),
    ...(["totp_added", "totp_removed", "second_step_on", "second_step_off", "recovery_codes_made"] as const).map(
      (event) => ({ event, ...times }),
    ),
    ...(["sms_added", "sms_changed", "sms_removed"] as const).map((event) => ({ event, name: "+33 ••• 78", ...times })),
    ...(["replies_on", "replies_off"] as const).map((event) => ({ event, ...times })),
    ...[0, 1, 9].map((left) => ({ event: "recovery_code_used" as const, left, ...times })),
  ],
};

/** What the language's typography forbids: typewriter quotes everywhere; spaces before ? ! ; : but in French, which wants them narrow. */
const SLIPS: Readonly<Record<Language, RegExp>> = {
  fr: /'|[ \w][?!;](\s|$)|[ \p{L}]:(\s|$)/u,
  en: /'|"| [?!;:](\s|$)/,
  nl: /'|"|[„«»]|\s[?!;:](\s|$)/,
  de: /'|"|[«»]|\s[?!;:](\s|$)/,
};
const mailboxWords = (language: Language): string[] => Object.values(localMailboxTexts(language));

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
      assert.equal(words.action === undefined, ["code", "confirm", "news", "maintenance"].includes(kind));
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
      assert.equal(
        /password that|mot de passe que|wachtwoord dat|Passwort, das/.test(words.next ?? ""),
        facts.password,
      );
      for (const text of [words.next ?? "", words.rows.at(-1)?.value ?? ""])
        assert.equal(/\bsms\b/i.test(text), facts.sms, `${language}: ${text}`);
      if (language === "en") assert.ok(facts.openings === 1 || all.includes(`${facts.openings} times`));
      else
        assert.ok(
          words.rows.some(({ value }) => value === String(facts.openings)),
          language,
        );
    }
  }
});

test("M7: no two languages share a sentence, and each has its own typography", () => {
  const mails = LANGUAGES.map(everyMail);
  for (const index of mails[0]?.keys() ?? []) {
    // of announcements the words are the operator's
    if (["news", "maintenance"].includes(mails[0]?.[index]?.kind ?? "")) continue;
    const words = mails.map((all) => all[index]?.words);
    for (const say of [(one?: MailWords) => one?.subject, (one?: MailWords) => one?.genuine.answer]) {
      assert.equal(new Set(words.map(say)).size, LANGUAGES.length);
    }
  }
  for (const language of LANGUAGES) {
    const texts = [...everyMail(language).flatMap(({ words }) => stringsOf(words)), ...mailboxWords(language)];
    for (const text of texts) assert.doesNotMatch(text, SLIPS[language], text);
  }
});

test("M7: mails say Sie and u, never du and je", () => {
  for (const { words } of everyMail("de"))
    assert.doesNotMatch(stringsOf(words).join(" "), /\b(du|dir|dich|dein\w*)\b/i);
  for (const { words } of everyMail("nl")) assert.doesNotMatch(stringsOf(words).join(" "), /\b(je|jij|jou|jouw)\b/i);
});

test("M11: a mail names who sends it, and an installation without a name says the product's once", () => {
  for (const language of LANGUAGES) {
    const footerOf = (organisation: string) =>
      mailTexts(language)
        .code(FACTS.code[0] as MailFacts["code"], { ...house, organisation })
        .footer.join(" ");
    assert.ok(footerOf(house.organisation).includes(house.organisation), language);
    assert.equal(footerOf("Pli").match(/\bPli\b/g)?.length, 1, footerOf("Pli"));
  }
});
