/** The kit's field for a password or passphrase, in the member's language. */
import { SecretField as Field, type SecretFieldProps } from "../../kit/SecretField.tsx";
import { words } from "../language.ts";

export function SecretField(props: Omit<SecretFieldProps, "words">) {
  return <Field {...props} words={words().shell} />;
}
