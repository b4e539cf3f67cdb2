/** The country whose numbers people here write without a prefix, as the member chose or as far as the browser tells: a guess, always shown to be mended. */
import { me } from "../session.ts";

const BY_ZONE: Readonly<Record<string, string>> = {
  "Europe/Paris": "FR",
  "Europe/Brussels": "BE",
  "Europe/Amsterdam": "NL",
  "Europe/Berlin": "DE",
  "Europe/Luxembourg": "LU",
  "Europe/Zurich": "CH",
  "Europe/Vienna": "AT",
  "Europe/London": "GB",
};

/** ISO 3166-1 alpha-2, or nothing. */
export function homeCountry(): string | undefined {
  const { mobileCountry, timeZone } = me();
  if (mobileCountry !== undefined) return mobileCountry;
  const zone = BY_ZONE[timeZone];
  if (zone !== undefined) return zone;
  for (const tag of navigator.languages) {
    const { region } = new Intl.Locale(tag);
    if (region !== undefined && /^[A-Z]{2}$/.test(region)) return region;
  }
  return undefined;
}
