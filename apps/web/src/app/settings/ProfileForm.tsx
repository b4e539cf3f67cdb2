/** Name, language, time zone; address and organisation as they are. */
import { LIMITS } from "@pli/core/wire";
import { useState } from "preact/hooks";
import { Field } from "../../kit/Field.tsx";
import { whyFixed } from "../compose/obey.ts";
import { TimeZoneField } from "../entry/TimeZoneField.tsx";
import { LanguageField } from "../form/choices.tsx";
import { useLanguage, words } from "../language.ts";
import { me, saveAccount } from "../session.ts";
import { SavingPart } from "./Part.tsx";

export function ProfileForm() {
  const { settings, entry } = words();
  const present = me();
  const [name, setName] = useState(present.name);
  const [language, setLanguage] = useState(present.language);
  const [zone, setZone] = useState(present.timeZone);
  const [missing, setMissing] = useState(false);
  const save = () => {
    setMissing(name.trim() === "");
    if (name.trim() === "") return false;
    return saveAccount({ name: name.trim(), language, timeZone: zone }).then(() => useLanguage(language));
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
    </SavingPart>
  );
}
