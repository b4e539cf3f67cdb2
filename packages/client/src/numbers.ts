/**
 * Mobile numbers as people type them (spec: messages.md M4), to E.164, by libphonenumber with the patterns of mobile numbers alone. Heavy: an
 * entry of its own, for pages to load when a number is asked for.
 */
import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js/mobile";

export interface MobileNumber {
  /** E.164 */
  readonly number: string;
  /** ISO 3166-1 alpha-2; absent for numbers of no country. */
  readonly country?: string;
  /** As it is read: `+33 6 12 34 56 78`. */
  readonly shown: string;
}

/** @param country whose prefix a number has that comes without one. @returns null when it is no mobile number */
export function parseMobile(text: string, country?: string): MobileNumber | null {
  const wanted = country !== undefined && isSupportedCountry(country) ? country : undefined;
  // 00 is how most of the world writes +
  const parsed = parsePhoneNumberFromString(text.trim().replace(/^00(?=[1-9])/, "+"), wanted);
  if (!parsed?.isValid() || parsed.ext !== undefined) return null;
  const found = parsed.country;
  return { number: parsed.number, shown: parsed.formatInternational(), ...(found !== undefined && { country: found }) };
}

/** Every country with its prefix, such as `{country: "FR", prefix: "33"}`. */
export function countryPrefixes(): readonly { readonly country: string; readonly prefix: string }[] {
  return getCountries().map((country) => ({ country, prefix: getCountryCallingCode(country) }));
}
