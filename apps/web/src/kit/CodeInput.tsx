/**
 * The code of a mail or an SMS: one input drawn as eight or six places, so that pasting, autofill and password managers see one field. Everything but digits
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
  /** How many, 6 or 8. */
  digits?: number;
  value: string;
  disabled?: boolean;
  onValue: (digits: string) => void;
  onFull: (digits: string) => void;
  inputRef?: Ref<HTMLInputElement>;
}

export function CodeInput(props: CodeInputProps) {
  const { label, hint, error, digits: places = 8, value, disabled, onValue, onFull, inputRef } = props;
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <div class={places === 6 ? "code code--6" : "code"}>
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
            const digits = input.value.replace(/\D/g, "").slice(0, places);
            if (input.value !== digits) input.value = digits;
            if (digits === value) return;
            onValue(digits);
            if (digits.length === places) onFull(digits);
          }}
        />
      </div>
    </FieldFrame>
  );
}
