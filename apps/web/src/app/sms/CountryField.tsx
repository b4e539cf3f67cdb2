/** Whose prefix a mobile number has that the member types without one (A3), out of the countries that the server writes to. */
import { countryPrefixes } from "@pli/client/numbers";
import { ChoiceField } from "../form/choices.tsx";
import { language } from "../language.ts";
import { countryName, defaultCountry } from "./default-country.ts";
import { smsFacts } from "./facts.ts";
import { smsWords } from "./sms-words.ts";

export interface CountryFieldProps {
  /** Undefined until the member chooses: what holds without a choice is shown. ISO 3166-1 alpha-2. */
  chosen: string | undefined;
  onCountry: (country: string) => void;
}

export function CountryField({ chosen, onCountry }: CountryFieldProps) {
  const texts = smsWords.words();
  const present = chosen ?? defaultCountry();
  const allowed = smsFacts.value?.smsCountries;
  const options = countryPrefixes()
    .filter(({ country }) => country === present || (allowed?.includes(country) ?? true))
    .map(({ country, prefix }) => ({ value: country, text: `${countryName(country)} (+${prefix})` }))
    .sort((a, b) => a.text.localeCompare(b.text, language.value));
  return (
    <ChoiceField
      label={texts.country}
      hint={texts.countryHint}
      options={options}
      value={present}
      onChoice={onCountry}
    />
  );
}
