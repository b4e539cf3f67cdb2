/**
 * The languages Pli speaks, and how to choose one for a reader. One list for pages, mails and the CLI.
 * Must never depend on the server's own locale: the language belongs to the person.
 */

export const LANGUAGES = ["fr", "en", "nl", "de"] as const;
export type Language = (typeof LANGUAGES)[number];
export const DEFAULT_LANGUAGE: Language = "en";

/** Each language by its own name, as a language menu shows it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  fr: "Français",
  en: "English",
  nl: "Nederlands",
  de: "Deutsch",
};

/** Whether `value` is the tag of a language that Pli speaks. */
export function isLanguage(value: unknown): value is Language {
  return typeof value === "string" && (LANGUAGES as readonly string[]).includes(value);
}

/**
 * The best language for a reader's wishes.
 * @param wishes BCP 47 tags, best first (`navigator.languages`), or the value of an `Accept-Language` header (RFC 9110 12.5.4)
 */
export function chooseLanguage(wishes: readonly string[] | string | null | undefined): Language {
  for (const tag of typeof wishes === "string" ? parseAcceptLanguage(wishes) : (wishes ?? [])) {
    const primary = tag.toLowerCase().split("-")[0];
    if (isLanguage(primary)) return primary;
  }
  return DEFAULT_LANGUAGE;
}

function parseAcceptLanguage(header: string): string[] {
  return header
    .slice(0, 500)
    .split(",")
    .map((item, place) => {
      const [tag = "", ...parameters] = item.split(";").map((piece) => piece.trim());
      const weight = parameters.find((parameter) => parameter.startsWith("q="));
      return { tag, place, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
    })
    .filter((wish) => wish.tag !== "" && wish.weight > 0)
    .sort((a, b) => b.weight - a.weight || a.place - b.place)
    .map((wish) => wish.tag);
}
