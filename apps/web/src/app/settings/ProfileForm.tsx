/** Name, language, time zone, prefix of mobile numbers; address and organisation as they are. */
import { LIMITS } from "@pli/core/wire";
import { useEffect, useState } from "preact/hooks";
import { Field } from "../../kit/Field.tsx";
import { whyFixed } from "../compose/obey.ts";
import { TimeZoneField } from "../entry/TimeZoneField.tsx";
import { LanguageField } from "../form/choices.tsx";
import { useLanguage, words } from "../language.ts";
import { lazy } from "../lazy.tsx";
import { me, saveAccount } from "../session.ts";
import type { CountryFieldProps } from "../sms/CountryField.tsx";
import { loadSmsFacts, smsFacts } from "../sms/facts.ts";
import { smsWords } from "../sms/sms-words.ts";
import { SavingPart } from "./Part.tsx";

const CountryField = lazy<CountryFieldProps>(async () => {
  const [part] = await Promise.all([import("../sms/CountryField.tsx"), smsWords.load()]);
  return part.CountryField;
});

export function ProfileForm() {
  const { settings, entry } = words();
  const present = me();
  const [name, setName] = useState(present.name);
  const [language, setLanguage] = useState(present.language);
  const [zone, setZone] = useState(present.timeZone);
  const [country, setCountry] = useState<string>();
  const [missing, setMissing] = useState(false);
  useEffect(() => void loadSmsFacts(), []);
  const save = () => {
    setMissing(name.trim() === "");
    if (name.trim() === "") return false;
    const mobileCountry = country === undefined ? {} : { mobileCountry: country };
    return saveAccount({ name: name.trim(), language, timeZone: zone, ...mobileCountry }).then(() =>
      useLanguage(language),
    );
  };
  return (
    <SavingPart name="profile" title={settings.profile} lead={settings.profileLead} save={save}>
      <dl class="facts">
        <div>
          <dt>{settings.address}</dt>
          <dd class="addr">{present.address}</dd>
        </div>
        <div>
          <dt>{settings.organisation}</dt>
          <dd>{present.organisation.name}</dd>
        </div>
      </dl>
      <Field
        label={entry.name}
        autocomplete="name"
        maxlength={LIMITS.nameCharacters}
        value={name}
        error={missing && entry.nameMissing}
        onInput={(event) => {
          setName(event.currentTarget.value);
          setMissing(false);
        }}
      />
      <LanguageField
        label={entry.language}
        disabled={present.policies.memberLanguage.locked}
        hint={whyFixed(present.policies.memberLanguage.locked)}
        among={present.policies.memberLanguages.value}
        value={language}
        onChoice={setLanguage}
      />
      <TimeZoneField value={zone} onZone={setZone} />
      {smsFacts.value?.sms === true && <CountryField chosen={country} onCountry={setCountry} />}
    </SavingPart>
  );
}
