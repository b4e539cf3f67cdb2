/** Who you are: name, language, time zone as this device says. */
import { LIMITS } from "@pli/core/wire";
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from "@pli/texts/languages";
import { useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Field, FieldFrame } from "../../kit/Field.tsx";
import "../shell/choice.css";
import { deviceTimeZone } from "../format.ts";
import { language, useLanguage, words } from "../language.ts";
import { Problem } from "../problem.tsx";
import { me, saveAccount } from "../session.ts";
import { TimeZoneField } from "./TimeZoneField.tsx";

export function WhoStep({ onDone }: { onDone: () => void }) {
  const { entry } = words();
  const [name, setName] = useState(me().name);
  const [zone, setZone] = useState(deviceTimeZone());
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const input = useRef<HTMLInputElement>(null);
  const submit = async () => {
    const trimmed = name.trim();
    if (trimmed === "") {
      setMissing(true);
      input.current?.focus();
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await saveAccount({ name: trimmed, timeZone: zone, language: language.peek() });
      onDone();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p class="muted">{entry.whoLead}</p>
      {error !== undefined && <Problem error={error} />}
      <Field
        label={entry.name}
        hint={entry.nameHint}
        autocomplete="name"
        maxlength={LIMITS.nameCharacters}
        inputRef={input}
        value={name}
        error={missing && entry.nameMissing}
        onInput={(event) => {
          setName(event.currentTarget.value);
          setMissing(false);
        }}
      />
      <FieldFrame id="welcome-language" label={entry.language}>
        <select
          class="select"
          id="welcome-language"
          value={language.value}
          onChange={(event) => {
            const next = event.currentTarget.value;
            if (isLanguage(next)) void useLanguage(next);
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
      <Button kind="primary" type="submit" busy={busy} wide>
        {entry.next}
      </Button>
    </form>
  );
}
