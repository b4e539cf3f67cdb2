/** Mobile numbers (M4): E.164 only, with the metadata of libphonenumber. */
import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";

export interface Number164 {
  /** E.164, `+33612345678`. */
  readonly number: string;
  /** ISO 3166-1 alpha-2; of numbers of no country (satellites) their prefix, `+881`. */
  readonly country: string;
}

/** A number that can get SMS, as far as its form tells. Null for anything else: a landline, a made-up number, one without its prefix. */
export function mobileNumberOf(text: string): Number164 | null {
  const parsed = parsePhoneNumberFromString(text);
  if (parsed === undefined || !parsed.isValid() || parsed.number !== text) return null;
  const type = parsed.getType();
  if (type !== "MOBILE" && type !== "FIXED_LINE_OR_MOBILE") return null;
  return { number: parsed.number, country: parsed.country ?? `+${parsed.countryCallingCode}` };
}

/** The country alone, for a number that was checked before. */
export function countryOf(number: string): string {
  const parsed = parsePhoneNumberFromString(number);
  return parsed?.country ?? `+${parsed?.countryCallingCode ?? ""}`;
}

/** `+33 ••• 78`: enough for its owner, little for anybody else. */
export function maskNumber(number: string): string {
  const prefix = parsePhoneNumberFromString(number)?.countryCallingCode ?? "";
  return `+${prefix} ••• ${number.slice(-2)}`;
}

export function isCountry(code: string): boolean {
  return isSupportedCountry(code);
}
