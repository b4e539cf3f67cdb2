/** The password of a secret that has one. */
import type { Secret } from "@pli/texts/secret";
import type { Ref } from "preact";
import { useState } from "preact/hooks";
import { IconButton } from "../kit/Button.tsx";
import { Field } from "../kit/Field.tsx";
import { eye, eyeoff } from "../kit/icons.ts";

export interface PasswordProps {
  words: Secret["password"];
  error: string;
  busy: boolean;
  input: Ref<HTMLInputElement>;
  onInput: () => void;
}

export function Password({ words, error, busy, input, onInput }: PasswordProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field
      label={words.label}
      hint={words.hint}
      type={shown ? "text" : "password"}
      error={error}
      inputRef={input}
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      readonly={busy}
      onInput={onInput}
      after={
        <IconButton
          icon={shown ? eyeoff : eye}
          label={shown ? words.hide : words.show}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}
