/** The password of a receipt, shown or hidden. */
import type { Receipt as Words } from "@pli/texts/receipt";
import { useState } from "preact/hooks";
import { IconButton } from "../kit/Button.tsx";
import { Field } from "../kit/Field.tsx";
import { eye, eyeoff } from "../kit/icons.ts";

export interface PasswordFieldProps {
  words: Words["password"];
  value: string;
  /** Shown from the start: one that was proposed. */
  shown?: boolean;
  hint?: string;
  error?: string | undefined;
  onValue: (value: string) => void;
}

export function PasswordField({ words, value, shown: first = false, hint, error, onValue }: PasswordFieldProps) {
  const [shown, show] = useState(first);
  return (
    <Field
      label={words.label}
      hint={hint}
      error={error}
      type={shown ? "text" : "password"}
      value={value}
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      onInput={(event) => onValue(event.currentTarget.value)}
      after={
        <IconButton
          icon={shown ? eyeoff : eye}
          label={shown ? words.hide : words.show}
          aria-pressed={shown}
          onClick={() => show(!shown)}
        />
      }
    />
  );
}
