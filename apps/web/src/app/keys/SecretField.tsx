/** The kit's field for a password or passphrase, in the member's language. What was proposed is seen whole. */
import { useState } from "preact/hooks";
import { FITS_CHARACTERS, LongSecret } from "../../kit/LongSecret.tsx";
import { SecretField as Line, type SecretFieldProps } from "../../kit/SecretField.tsx";
import { words } from "../language.ts";

export function SecretField(props: Omit<SecretFieldProps, "words">) {
  // decided once: a field that turns into another kind under the hands loses them
  const [isLong] = useState(props.shown === true && props.value.length > FITS_CHARACTERS);
  const Kind = isLong ? LongSecret : Line;
  return <Kind {...props} words={words().shell} />;
}
