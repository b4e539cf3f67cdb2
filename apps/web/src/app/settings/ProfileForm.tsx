/** Name, language, time zone; address and organisation as they are. */
import { LIMITS } from "@pli/core/wire";
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from "@pli/texts/languages";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Field, FieldFrame } from "../../kit/Field.tsx";
import { TimeZoneField } from "../entry/TimeZoneField.tsx";
import { useLanguage, words } from "../language.ts";
import { sayProblem } from "../problem.tsx";
import { me, saveAccount } from "../session.ts";
import { say } from "../toasts.tsx";

export function ProfileForm() {
  const { settings, entry } = words();
  const present = me();
  const [name, setName] = useState(present.name);
  const [language, setLanguage] = useState(present.language);
  const [zone, setZone] = useState(present.timeZone);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (name.trim() === "") return setMissing(true);
    setBusy(true);
    try {
      await saveAccount({ name: name.trim(), language, timeZone: zone });
      await useLanguage(language);
      say(words().settings.saved);
    } catch (error) {
      sayProblem(error);
    }
    setBusy(false);
  };
  return (
    <section class="card" aria-labelledby="profile-title">
      <div class="card__head">
        <h2 class="title--s" id="profile-title">
          {settings.profile}
        </h2>
        <p class="meta">{settings.profileLead}</p>
      </div>
      <form
        class="card__in"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
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
        <FieldFrame id="settings-language" label={entry.language}>
          <select
            class="select"
            id="settings-language"
            value={language}
            onChange={(event) => {
              const next = event.currentTarget.value;
              if (isLanguage(next)) setLanguage(next);
            }}
          >
            {LANGUAGES.map((one) => (
              <option key={one} value={one} lang={one}>
                {LANGUAGE_NAMES[one]}
              </option>
            ))}
          </select>
        </FieldFrame>
        <TimeZoneField value={zone} onZone={setZone} />
        <p>
          <Button kind="primary" type="submit" busy={busy}>
            {settings.save}
          </Button>
        </p>
      </form>
    </section>
  );
}
