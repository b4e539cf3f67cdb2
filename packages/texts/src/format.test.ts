/** Formats in each language: what people see, character by character. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatDateTime,
  formatDuration,
  formatList,
  formatNumber,
  formatShortDateTime,
  formatSize,
  formatTime,
  plural,
} from "./format.ts";
import { chooseLanguage } from "./languages.ts";

const atMs = Date.UTC(2026, 11, 23, 17);

test("M7: dates are in the reader's language and the sender's time zone", () => {
  assert.equal(formatDateTime("fr", atMs, "Europe/Paris"), "mercredi 23 décembre 2026, 18\u00a0h\u00a000");
  assert.equal(formatDateTime("en", atMs, "Europe/Paris"), "Wednesday 23 December 2026, 18:00");
  assert.match(formatDateTime("en", atMs, "America/New_York", true), /, 12:00 \(Eastern Standard Time\)$/);
  assert.equal(formatDateTime("nl", atMs, "Europe/Amsterdam"), "woensdag 23 december 2026, 18:00");
  assert.equal(formatDateTime("de", atMs, "Europe/Berlin"), "Mittwoch, 23. Dezember 2026, 18:00\u00a0Uhr");
  assert.match(formatDateTime("de", atMs, "Europe/Berlin", true), /Uhr \(Mitteleuropäische Normalzeit\)$/u);
  assert.equal(formatShortDateTime("de", atMs, "UTC"), "23. Dez. 2026, 17:00\u00a0Uhr");
  assert.equal(formatShortDateTime("nl", atMs, "UTC"), "23 dec 2026, 17:00");
  assert.match(formatShortDateTime("fr", atMs, "UTC"), /^23 déc\. 2026, 17\u00a0h\u00a000$/);
});

test("M7: the first of a month is the first in French alone, and nothing else is", () => {
  const on = (day: number) => Date.UTC(2026, 11, day, 1);
  assert.equal(formatDateTime("fr", on(1), "UTC"), "mardi 1er décembre 2026, 1\u00a0h\u00a000");
  assert.equal(formatShortDateTime("fr", on(1), "UTC"), "1er déc. 2026, 1\u00a0h\u00a000");
  for (const day of [11, 21, 31]) {
    assert.ok(formatDateTime("fr", on(day), "UTC").includes(` ${day} décembre 2026`));
    assert.ok(formatShortDateTime("fr", on(day), "UTC").startsWith(`${day} déc.`));
  }
  assert.equal(formatDateTime("en", on(1), "UTC"), "Tuesday 1 December 2026, 01:00");
  assert.equal(formatShortDateTime("nl", on(1), "UTC"), "1 dec 2026, 01:00");
});

test("M7: French clocks have no zero before the hour, English ones do", () => {
  const early = Date.UTC(2026, 11, 23, 5, 9);
  assert.equal(formatTime("fr", early, "UTC"), "5\u00a0h\u00a009");
  assert.equal(formatTime("fr", Date.UTC(2026, 11, 23, 0, 0), "UTC"), "0\u00a0h\u00a000");
  assert.equal(formatTime("en", early, "UTC"), "05:09");
  assert.equal(formatTime("nl", early, "UTC"), "05:09");
  assert.equal(formatTime("de", early, "UTC"), "05:09\u00a0Uhr");
  assert.match(formatDateTime("fr", early, "UTC"), /, 5\u00a0h\u00a009$/);
});

test("M7: plurals follow the language: zero is singular in French", () => {
  const forms = { one: "one", other: "other" };
  assert.deepEqual(
    [0, 1, 2].map((count) => plural("fr", count, forms)),
    ["one", "one", "other"],
  );
  assert.deepEqual(
    [0, 1, 2].map((count) => plural("en", count, forms)),
    ["other", "one", "other"],
  );
  for (const language of ["nl", "de"] as const) {
    assert.deepEqual(
      [0, 1, 2].map((count) => plural(language, count, forms)),
      ["other", "one", "other"],
      language,
    );
  }
});

test("M14: sizes are rounded and named in the reader's language", () => {
  assert.deepEqual(
    [0, 1, 999, 1000, 12_400_000, 999_600, 5e12].map((size) => formatSize("en", size).replace("\u00a0", " ")),
    ["0 bytes", "1 byte", "999 bytes", "1 KB", "12.4 MB", "1 MB", "5 TB"],
  );
  assert.equal(formatSize("fr", 12_400_000), "12,4\u00a0Mo");
  assert.equal(formatSize("fr", 0), "0\u00a0octet");
  assert.equal(formatSize("nl", 12_400_000), "12,4\u00a0MB");
  assert.equal(formatSize("nl", 999), "999\u00a0bytes");
  assert.equal(formatSize("de", 12_400_000), "12,4\u00a0MB");
  assert.equal(formatSize("de", 999), "999\u00a0Byte");
});

test("M13: a waiting time is never shorter than the truth", () => {
  assert.deepEqual(
    [1, 61, 899, 901, 86_400].map((seconds) => formatDuration("en", seconds)),
    ["1 second", "61 seconds", "15 minutes", "16 minutes", "24 hours"],
  );
  // what was to live for 7 days has 7 to go, whatever the clocks differ by
  assert.deepEqual(
    [604_799, 604_801].map((seconds) => formatDuration("en", seconds)),
    ["7 days", "7 days"],
  );
  assert.equal(formatDuration("fr", 3600 * 3), "3\u00a0heures");
  assert.equal(formatDuration("nl", 3600 * 3), "3 uur");
  assert.equal(formatDuration("de", 3600 * 3), "3 Stunden");
});

test("M7: lists and numbers are in the reader's language", () => {
  assert.equal(formatList("fr", ["a", "b", "c"]), "a, b et c");
  assert.equal(formatList("en", ["a", "b"]), "a and b");
  assert.equal(formatList("nl", ["a", "b", "c"]), "a, b en c");
  assert.equal(formatList("de", ["a", "b", "c"]), "a, b und c");
  assert.equal(formatNumber("en", 12_345), "12,345");
  assert.equal(formatNumber("nl", 12_345.6, 1), "12.345,6");
  assert.equal(formatNumber("de", 12_345), "12.345");
});

test("M7: a language is chosen by the reader's wishes, in their order", () => {
  assert.equal(chooseLanguage("it, en;q=0.5, fr-CA;q=0.9"), "fr");
  assert.equal(chooseLanguage("de-AT, en;q=0.5"), "de");
  assert.equal(chooseLanguage("fr;q=0, en-US"), "en");
  assert.equal(chooseLanguage(["nl-BE", "fr-BE"]), "nl");
  for (const nothing of [null, undefined, "", "xx", ";;,q=", "*"]) assert.equal(chooseLanguage(nothing), "en");
});
