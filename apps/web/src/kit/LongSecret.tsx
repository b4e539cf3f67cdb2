/** A password that was proposed, seen whole: somebody reads it out or writes it down. A chunk of those who propose one, never of a first page. */
import { useId, useState } from "preact/hooks";
import { describedBy, FieldFrame } from "./Field.tsx";
import "./long-secret.css";
import { RevealButton } from "./RevealButton.tsx";
import type { SecretFieldProps } from "./SecretField.tsx";

/** So many characters are in sight in the narrowest place that has such a field. */
export const FITS_CHARACTERS = 24;

/** Shown on as many lines as it takes; hidden, a field like any other. Enter sends the form, as in one line. */
export function LongSecret(props: SecretFieldProps) {
  const { label, optional, hint, error, autocomplete, value, more, words, onValue } = props;
  const id = useId();
  const [shown, show] = useState(props.shown === true);
  const field = {
    ...{ id, class: "input secret-long", autocomplete, value, spellcheck: false },
    autocapitalize: "off" as const,
    "aria-invalid": error ? ("true" as const) : undefined,
    "aria-describedby": describedBy(id, hint, error),
  };
  return (
    <FieldFrame id={id} label={label} optional={optional} hint={hint} error={error}>
      <div class="joined">
        {shown ? (
          <textarea
            {...field}
            rows={2}
            onInput={(event) => onValue(event.currentTarget.value.replaceAll(/[\r\n]/g, ""))}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }}
          />
        ) : (
          <input {...field} type="password" onInput={(event) => onValue(event.currentTarget.value)} />
        )}
        <RevealButton shown={shown} words={words} onShown={show} />
        {more}
      </div>
    </FieldFrame>
  );
}
