/** Who you are: name, language, time zone as this device says. */
import { LIMITS } from "@pli/core/wire";
import { useRef, useState } from "preact/hooks";
import { Field } from "../../kit/Field.tsx";
import "../shell/choice.css";
import { useAttempt } from "../form/attempt.ts";
import { LanguageField } from "../form/choices.tsx";
import { StepForm } from "../form/Form.tsx";
import { deviceTimeZone } from "../format.ts";
import { language, useLanguage, words } from "../language.ts";
import { me, saveAccount } from "../session.ts";
import { TimeZoneField } from "./TimeZoneField.tsx";

export function WhoStep({ onDone }: { onDone: () => Promise<void> }) {
  const { entry } = words();
  const [name, setName] = useState(me().name);
  const [zone, setZone] = useState(deviceTimeZone());
  const [missing, setMissing] = useState(false);
  const { busy, error, attempt } = useAttempt();
  const input = useRef<HTMLInputElement>(null);
  const submit = async () => {
    const trimmed = name.trim();
    if (trimmed === "") {
      setMissing(true);
      input.current?.focus();
      return;
    }
    await attempt(async () => {
      await saveAccount({ name: trimmed, timeZone: zone, language: language.peek() });
      await onDone();
    });
  };
  return (
    <StepForm lead={entry.whoLead} error={error} busy={busy} action={entry.next} onSubmit={submit}>
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
      <LanguageField label={entry.language} value={language.value} onChoice={(next) => void useLanguage(next)} />
      <TimeZoneField value={zone} onZone={setZone} />
    </StepForm>
  );
}
