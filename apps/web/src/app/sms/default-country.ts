/** Whose prefix a number has that was typed without one: as the member chose, else as the browser is set, else by the language. */
import { language } from "../language.ts";
import { account } from "../session.ts";

const BY_LANGUAGE = { fr: "FR", en: "GB", nl: "NL", de: "DE" } as const;

export function defaultCountry(): string {
  // also asked where nobody is signed in yet
  const chosen = account.value?.mobileCountry;
  if (chosen !== undefined) return chosen;
  for (const tag of navigator.languages) {
    const { region } = new Intl.Locale(tag);
    if (region !== undefined) return region;
  }
  return BY_LANGUAGE[language.value];
}

export function countryName(country: string): string {
  try {
    return new Intl.DisplayNames(language.value, { type: "region" }).of(country) ?? country;
  } catch {
    return country;
  }
}
