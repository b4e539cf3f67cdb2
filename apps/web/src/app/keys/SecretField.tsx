/** A field for a password or passphrase, with a button to show what is typed. */
import type { ComponentChildren, Ref } from "preact";
import { useState } from "preact/hooks";
import { IconButton } from "../../kit/Button.tsx";
import { Field } from "../../kit/Field.tsx";
import { eye, eyeoff } from "../../kit/icons.ts";
import { words } from "../language.ts";

export interface SecretFieldProps {
  label: string;
  /** The word for "(optional)". */
  optional?: string;
  value: string;
  hint?: ComponentChildren;
  error?: ComponentChildren;
  autocomplete: "new-password" | "current-password" | "off";
  inputRef?: Ref<HTMLInputElement>;
  /** Shown from the start: something that was proposed. */
  shown?: boolean;
  more?: ComponentChildren;
  onValue: (value: string) => void;
}

export function SecretField({ shown: first = false, more, onValue, inputRef, ...field }: SecretFieldProps) {
  const [shown, show] = useState(first);
  const { shell } = words();
  return (
    <Field
      {...field}
      {...(inputRef && { inputRef })}
      type={shown ? "text" : "password"}
      spellcheck={false}
      autocapitalize="off"
      onInput={(event) => onValue(event.currentTarget.value)}
      after={
        <>
          <IconButton
            icon={shown ? eyeoff : eye}
            label={shown ? shell.hide : shell.show}
            aria-pressed={shown}
            onClick={() => show(!shown)}
          />
          {more}
        </>
      }
    />
  );
}
