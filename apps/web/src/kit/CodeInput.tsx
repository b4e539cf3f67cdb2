/**
 * The code of a mail: one input drawn as eight places, so that pasting, autofill and password managers see one field. Everything but digits
 * is dropped (people paste "4827 1063"); at the last digit `onFull` runs once for each new code.
 */
import type { ComponentChildren, Ref } from "preact";
import { useId } from "preact/hooks";
import { describedBy, FieldFrame } from "./Field.tsx";
import "./code-input.css";

export interface CodeInputProps {
  label: ComponentChildren;
  hint?: ComponentChildren;
  error?: ComponentChildren;
  value: string;
  disabled?: boolean;
  onValue: (digits: string) => void;
  onFull: (digits: string) => void;
  inputRef?: Ref<HTMLInputElement>;
}

const DIGITS = 8;

export function CodeInput({ label, hint, error, value, disabled, onValue, onFull, inputRef }: CodeInputProps) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <div class="code">
        <input
          class="code__input"
          id={id}
          ref={inputRef ?? null}
          data-focus
          name="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          autocapitalize="off"
          spellcheck={false}
          // room for the spaces and words of a pasted code: the digits are cut out below
          maxlength={40}
          value={value}
          readonly={disabled}
          required
          aria-invalid={error ? "true" : undefined}
          aria-describedby={describedBy(id, hint, error)}
          onInput={(event) => {
            const input = event.currentTarget;
            const digits = input.value.replace(/\D/g, "").slice(0, DIGITS);
            if (input.value !== digits) input.value = digits;
            if (digits === value) return;
            onValue(digits);
            if (digits.length === DIGITS) onFull(digits);
          }}
        />
      </div>
    </FieldFrame>
  );
}
