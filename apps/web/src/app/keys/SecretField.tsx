/** The kit's field for a password or passphrase, in the member's language. What was proposed is seen whole: somebody reads it out or writes it down. */
import { useId, useState } from "preact/hooks";
import { IconButton } from "../../kit/Button.tsx";
import { describedBy, FieldFrame } from "../../kit/Field.tsx";
import { eye, eyeoff } from "../../kit/icons.ts";
import { SecretField as Line, type SecretFieldProps } from "../../kit/SecretField.tsx";
import { words } from "../language.ts";
import "./secret-field.css";

type Props = Omit<SecretFieldProps, "words">;

/** So many characters are in sight in the narrowest place that has such a field. */
const FITS_CHARACTERS = 24;

export function SecretField(props: Props) {
  // decided once: a field that turns into another kind under the hands loses them
  const [isLong] = useState(props.shown === true && props.value.length > FITS_CHARACTERS);
  return isLong ? <LongSecret {...props} /> : <Line {...props} words={words().shell} />;
}

/** Shown on as many lines as it takes; hidden, a field like any other. Enter sends the form, as in one line. */
function LongSecret({ label, optional, hint, error, autocomplete, value, more, onValue }: Props) {
  const { shell } = words();
  const id = useId();
  const [shown, show] = useState(true);
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
        <IconButton
          icon={shown ? eyeoff : eye}
          label={shown ? shell.hide : shell.show}
          aria-pressed={shown}
          onClick={() => show(!shown)}
        />
        {more}
      </div>
    </FieldFrame>
  );
}
