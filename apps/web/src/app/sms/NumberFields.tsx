/** A mobile number for each person (M4, M8): as they type it, checked by libphonenumber, which comes with this part of the page. */
import { countryPrefixes, parseMobile } from "@pli/client/numbers";
import { isMobileForm } from "@pli/core/wire";
import { useState } from "preact/hooks";
import { Field } from "../../kit/Field.tsx";
import "../compose/compose.css";
import { nameOf, type Person } from "../compose/addresses.ts";
import { type Draft, keyOf, numberOf, type Protection } from "../compose/draft.ts";
import { knownOf } from "../compose/people.ts";
import { countryName, defaultCountry } from "./default-country.ts";
import { smsFacts } from "./facts.ts";
import { smsWords } from "./sms-words.ts";

export interface NumberFieldsProps {
  draft: Draft;
  /** What is missing, once somebody tried to go on. */
  error: string | undefined;
  onChange: (change: Partial<Protection>) => void;
}

export function NumberFields({ draft, error, onChange }: NumberFieldsProps) {
  const texts = smsWords.words();
  const people = draft.people().filter(({ address }) => !isMobileForm(address));
  const { numbers } = draft.protection.value;
  const country = defaultCountry();
  const prefix = countryPrefixes().find((one) => one.country === country)?.prefix;
  if (draft.people().length === 0) return <p class="meta indent">{texts.nobody}</p>;
  const set = (person: Person, typed: string) => {
    const found = parseMobile(typed, country);
    const allowed = found !== null && isAllowed(found.country);
    onChange({ numbers: { ...numbers, [keyOf(person)]: { typed, mobile: allowed ? found.number : null } } });
  };
  return (
    <fieldset class="stack stack--s indent">
      <legend class="vh">{texts.numbers}</legend>
      {people.map((person, index) => (
        <NumberField
          key={keyOf(person)}
          person={person}
          typed={numbers[keyOf(person)]?.typed ?? shownNumber(knownOf(person.address)?.mobile)}
          isMissing={error !== undefined && numberOf(person, draft.protection.value) === null}
          missing={error}
          hint={index === 0 && prefix ? texts.numberHint({ prefix, country: countryName(country) }) : undefined}
          country={country}
          onTyped={(typed) => set(person, typed)}
        />
      ))}
    </fieldset>
  );
}

interface NumberFieldProps {
  person: Person;
  typed: string;
  isMissing: boolean;
  missing: string | undefined;
  hint: string | undefined;
  country: string;
  onTyped: (typed: string) => void;
}

function NumberField({ person, typed, isMissing, missing, hint, country, onTyped }: NumberFieldProps) {
  const texts = smsWords.words();
  const [left, setLeft] = useState(false);
  const found = typed.trim() === "" ? null : parseMobile(typed, country);
  const wrong =
    typed.trim() === ""
      ? undefined
      : found === null
        ? texts.numberWrong
        : isAllowed(found.country)
          ? undefined
          : texts.countryRefused;
  // a number that is being typed is not wrong yet
  const error = (left || isMissing ? wrong : undefined) ?? (isMissing ? missing : undefined);
  return (
    <Field
      label={texts.numberOf({ name: nameOf(person) })}
      type="tel"
      hint={hint}
      error={error}
      maxlength={30}
      value={typed}
      onInput={(event) => onTyped(event.currentTarget.value)}
      onBlur={() => {
        setLeft(true);
        if (found !== null) onTyped(found.shown);
      }}
    />
  );
}

function isAllowed(country: string | undefined): boolean {
  const allowed = smsFacts.value?.smsCountries;
  return allowed === undefined || (country !== undefined && allowed.includes(country));
}

function shownNumber(mobile: string | undefined): string {
  return mobile === undefined ? "" : (parseMobile(mobile)?.shown ?? mobile);
}
