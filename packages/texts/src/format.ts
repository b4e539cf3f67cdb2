/**
 * Numbers, sizes, dates and plurals in the reader's language, by the platform's Intl (ECMA-402). Nothing is parsed at run
 * time; every formatter is made once. Must never use the machine's own locale.
 */
import type { Language } from "./languages.ts";

/** The regional habits behind each language: day before month, 24 hours. */
export const LOCALES: Readonly<Record<Language, string>> = { fr: "fr-FR", en: "en-GB", nl: "nl-NL", de: "de-DE" };

const made = new Map<string, unknown>();
function once<T>(key: string, make: () => T): T {
  let formatter = made.get(key) as T | undefined;
  if (formatter === undefined) {
    formatter = make();
    made.set(key, formatter);
  }
  return formatter;
}

export interface PluralForms {
  readonly one: string;
  readonly other: string;
}

/** The form of `forms` that fits `count`: French says "0 ouverture", English "0 openings". */
export function plural(language: Language, count: number, forms: PluralForms): string {
  const rules = once(`plural ${language}`, () => new Intl.PluralRules(LOCALES[language]));
  return rules.select(count) === "one" ? forms.one : forms.other;
}

/** A number with the language's grouping and decimal sign. */
export function formatNumber(language: Language, value: number, maximumFractionDigits = 0): string {
  return once(
    `number ${language} ${maximumFractionDigits}`,
    () => new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits }),
  ).format(value);
}

/** Byte in the singular and the plural, then the letter after k, M, G and T. */
const BYTES: Readonly<Record<Language, readonly [PluralForms, string]>> = {
  fr: [{ one: "octet", other: "octets" }, "o"],
  en: [{ one: "byte", other: "bytes" }, "B"],
  nl: [{ one: "byte", other: "bytes" }, "B"],
  de: [{ one: "Byte", other: "Byte" }, "B"],
};

/** A size as people compare it (powers of 1000, as every system but Windows shows): "12,4 Mo", "12.4 MB". */
export function formatSize(language: Language, sizeBytes: number): string {
  let value = sizeBytes;
  let unit = 0;
  const [byte, letter] = BYTES[language];
  while (value >= 999.5 && unit < 4) {
    value /= 1000;
    unit++;
  }
  if (unit === 0) {
    return `${formatNumber(language, sizeBytes)}\u00a0${plural(language, sizeBytes, byte)}`;
  }
  return `${formatNumber(language, value, value < 100 ? 1 : 0)}\u00a0${" KMGT"[unit]}${letter}`;
}

/**
 * A day and time in full: "mercredi 23 décembre 2026, 18 h 00", "Wednesday 23 December 2026, 18:00", "Mittwoch, 23. Dezember 2026, 18:00 Uhr".
 * @param timeZone IANA name; the reader's device when left out
 * @param withZone adds the zone's name in words, for a reader who may live in another one
 */
export function formatDateTime(language: Language, atMs: number, timeZone?: string, withZone = false): string {
  const day = once(
    `day ${language} ${timeZone}`,
    () =>
      new Intl.DateTimeFormat(LOCALES[language], {
        weekday: "long",
        day: "numeric",
        month: "long",
        year: "numeric",
        ...zone(timeZone),
      }),
  ).format(atMs);
  // German keeps the comma after the day of the week, English has none there
  const text = `${language === "en" ? day.replace(",", "") : firstOfMonth(language, day)}, ${formatTime(language, atMs, timeZone)}`;
  return withZone ? `${text} (${zoneName(language, atMs, timeZone)})` : text;
}

/** A date as people write it: in French the first of a month is "1er", which Intl leaves out. @param day begins with the day, or its name */
export function firstOfMonth(language: Language, day: string): string {
  return language === "fr" ? day.replace(/^\D*1(?=\s)/, "$&er") : day;
}

/** A short day and time for lists: "23 déc. 2026, 18 h 00", "23 Dec 2026, 18:00". */
export function formatShortDateTime(language: Language, atMs: number, timeZone?: string): string {
  const day = once(
    `short day ${language} ${timeZone}`,
    () =>
      new Intl.DateTimeFormat(LOCALES[language], {
        day: "numeric",
        month: "short",
        year: "numeric",
        ...zone(timeZone),
      }),
  ).format(atMs);
  return `${firstOfMonth(language, day)}, ${formatTime(language, atMs, timeZone)}`;
}

/** A time of day: "18 h 00", "18:00", "18:00 Uhr"; in French "5 h 09", where the others keep "05:09". */
export function formatTime(language: Language, atMs: number, timeZone?: string): string {
  const time = once(
    `time ${language} ${timeZone}`,
    () =>
      new Intl.DateTimeFormat(LOCALES[language], {
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
        ...zone(timeZone),
      }),
  ).format(atMs);
  if (language === "de") return `${time}\u00a0Uhr`;
  return language === "fr" ? time.replace(/^0?(\d+):/, "$1\u00a0h\u00a0") : time;
}

/** A time to wait or to go in words: "2 minutes", "40 secondes"; up to two days never shorter than the truth, then the nearest day. */
export function formatDuration(language: Language, seconds: number): string {
  const [value, unit] =
    seconds < 90
      ? [seconds, "second"]
      : seconds < 5400
        ? [seconds / 60, "minute"]
        : seconds < 172_800
          ? [seconds / 3600, "hour"]
          : [seconds / 86_400, "day"];
  return once(
    `duration ${language} ${unit}`,
    () =>
      new Intl.NumberFormat(LOCALES[language], { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 0 }),
  ).format(unit === "day" ? Math.round(value) : Math.ceil(value));
}

/** "a, b et c", "a, b and c". */
export function formatList(language: Language, items: readonly string[]): string {
  return once(`list ${language}`, () => new Intl.ListFormat(LOCALES[language], { type: "conjunction" })).format(items);
}

function zone(timeZone: string | undefined): { timeZone?: string } {
  return timeZone === undefined ? {} : { timeZone };
}

function zoneName(language: Language, atMs: number, timeZone: string | undefined): string {
  const parts = once(
    `zone ${language} ${timeZone}`,
    () => new Intl.DateTimeFormat(LOCALES[language], { timeZoneName: "long", ...zone(timeZone) }),
  ).formatToParts(atMs);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "UTC";
}
