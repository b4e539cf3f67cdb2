/** A short code that is typed: of an app, or one that Pli sent. */
import type { ComponentChildren } from "preact";
import { Field } from "../../kit/Field.tsx";

export interface CodeFieldProps {
  label: string;
  hint?: ComponentChildren;
  code: string;
  wrong: string;
  onCode: (code: string) => void;
}

export function CodeField({ label, hint, code, wrong, onCode }: CodeFieldProps) {
  return (
    <Field
      label={label}
      hint={hint}
      inputmode="numeric"
      autocomplete="one-time-code"
      maxlength={12}
      value={code}
      error={wrong}
      onInput={(event) => onCode(event.currentTarget.value)}
    />
  );
}
