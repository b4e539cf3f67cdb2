/** A mobile number as people type it (M4, A2), checked by libphonenumber, which comes with this part of the page: load it when it is asked for. */
import { countryPrefixes, parseMobile } from "@pli/client/numbers";
import { useEffect, useState } from "preact/hooks";
import { Field } from "../../kit/Field.tsx";
import { countryName, defaultCountry } from "./default-country.ts";
import { loadSmsFacts, smsFacts } from "./facts.ts";
import { smsWords } from "./sms-words.ts";

export interface MobileFieldProps {
  /** "Mobile number" where nothing else is said. */
  label?: string;
  /** Says which prefix a number has that is typed without one. */
  hinted?: boolean;
  optional?: string;
  typed: string;
  /** What to say where no number is; undefined: nothing is missing. */
  missing?: string | undefined;
  /** @param mobile E.164; null when it is none that this server writes to */
  onNumber: (typed: string, mobile: string | null) => void;
}

export function MobileField({ label, hinted, optional, typed, missing, onNumber }: MobileFieldProps) {
  const texts = smsWords.words();
  const country = defaultCountry();
  const prefix = countryPrefixes().find((one) => one.country === country)?.prefix;
  const [left, setLeft] = useState(false);
  useEffect(() => void loadSmsFacts(), []);
  const found = typed.trim() === "" ? null : parseMobile(typed, country);
  const allowed = found !== null && isAllowed(found.country);
  const wrong = typed.trim() === "" || allowed ? undefined : found === null ? texts.numberWrong : texts.countryRefused;
  const tell = (text: string) => {
    const mobile = parseMobile(text, country);
    onNumber(text, mobile !== null && isAllowed(mobile.country) ? mobile.number : null);
  };
  return (
    <Field
      label={label ?? texts.number}
      type="tel"
      autocomplete="off"
      optional={optional}
      hint={hinted && prefix ? texts.numberHint({ prefix, country: countryName(country) }) : undefined}
      // a number that is being typed is not wrong yet
      error={(left || missing !== undefined ? wrong : undefined) ?? (allowed ? undefined : missing)}
      maxlength={30}
      value={typed}
      onInput={(event) => tell(event.currentTarget.value)}
      onBlur={() => {
        setLeft(true);
        if (found !== null) tell(found.shown);
      }}
    />
  );
}

function isAllowed(country: string | undefined): boolean {
  const allowed = smsFacts.value?.smsCountries;
  return allowed === undefined || (country !== undefined && allowed.includes(country));
}

export function shownNumber(mobile: string | undefined): string {
  return mobile === undefined ? "" : (parseMobile(mobile)?.shown ?? mobile);
}
