/** A field for a password or passphrase, with a button to show what is typed. */
import type { ComponentChildren, Ref } from "preact";
import { useState } from "preact/hooks";
import { Field } from "./Field.tsx";
import { RevealButton, type RevealWords } from "./RevealButton.tsx";

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
  /** On the button. */
  words: RevealWords;
  onValue: (value: string) => void;
}

export function SecretField({ shown: first = false, more, words, onValue, inputRef, ...field }: SecretFieldProps) {
  const [shown, show] = useState(first);
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
          <RevealButton shown={shown} words={words} onShown={show} />
          {more}
        </>
      }
    />
  );
}
