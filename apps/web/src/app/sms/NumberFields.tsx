/** A mobile number for each person (M4, M8): as they type it, one field each. */
import { isMobileForm } from "@pli/core/wire";
import { nameOf, type Person } from "../compose/addresses.ts";
import { type Draft, keyOf, numberOf, type Protection } from "../compose/draft.ts";
import { knownOf } from "../compose/people.ts";
import { MobileField, shownNumber } from "./MobileField.tsx";
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
  if (draft.people().length === 0) return <p class="meta">{texts.nobody}</p>;
  const set = (person: Person, typed: string, mobile: string | null) =>
    onChange({ numbers: { ...numbers, [keyOf(person)]: { typed, mobile } } });
  return (
    <fieldset class="stack stack--s">
      <legend class="vh">{texts.numbers}</legend>
      {people.map((person, index) => (
        <MobileField
          key={keyOf(person)}
          label={texts.numberOf({ name: nameOf(person) })}
          hinted={index === 0}
          typed={numbers[keyOf(person)]?.typed ?? shownNumber(knownOf(person.address)?.mobile)}
          missing={numberOf(person, draft.protection.value) === null ? error : undefined}
          onNumber={(typed, mobile) => set(person, typed, mobile)}
        />
      ))}
    </fieldset>
  );
}
