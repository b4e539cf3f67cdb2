/** Showing a second factor: one of those there are, a passkey by a press, a code by typing it. For the sign-in and for confirming. */
import { PliError } from "@pli/core/errors";
import type { CodeFactor, FactorKind } from "@pli/core/wire";
import type { SecurityTexts } from "@pli/texts/app/security";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Field } from "../../kit/Field.tsx";
import "../shell/choice.css";
import { Form } from "../form/Form.tsx";
import { hasPasskeys } from "./webauthn.ts";
import "./security.css";

export interface FactorFormProps {
  texts: SecurityTexts;
  factors: readonly FactorKind[];
  /** On the button of a typed code. */
  action: string;
  byPasskey: () => Promise<void>;
  byCode: (kind: CodeFactor, code: string) => Promise<void>;
}

export function FactorForm({ texts, factors, action, byPasskey, byCode }: FactorFormProps) {
  const usable = factors.filter((kind) => kind !== "passkey" || hasPasskeys());
  const [kind, setKind] = useState<FactorKind | undefined>(usable[0]);
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>(kind === "passkey" ? ".btn--primary" : ".input")?.focus();
  }, [kind]);

  const submit = async () => {
    if (busy || kind === undefined) return;
    setBusy(true);
    setWrong("");
    setError(undefined);
    try {
      if (kind === "passkey") await byPasskey();
      else await byCode(kind, code);
    } catch (failure) {
      const known = failure instanceof PliError ? failure.code : "";
      if (known === "wrong_code") setWrong(kind === "recovery" ? texts.recoveryWrong : texts.codeWrong);
      else if (known !== "cancelled") setError(failure);
      form.current?.querySelector<HTMLInputElement>(".input")?.select();
    }
    setBusy(false);
  };

  return (
    <Form formRef={form} error={error} onSubmit={submit}>
      {usable.length > 1 && (
        <fieldset>
          <legend class="small">{texts.stepWith}</legend>
          <div class="choice">
            {usable.map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name="factor"
                  checked={kind === one}
                  onChange={() => {
                    setKind(one);
                    setCode("");
                    setWrong("");
                    setError(undefined);
                  }}
                />
                {texts.choices[one]}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {kind === "totp" && (
        <Field
          label={texts.stepTotp}
          hint={texts.stepTotpHint}
          inputmode="numeric"
          autocomplete="one-time-code"
          maxlength={12}
          value={code}
          error={wrong}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
      )}
      {kind === "recovery" && (
        <Field
          label={texts.stepRecovery}
          hint={texts.stepRecoveryHint}
          autocapitalize="characters"
          spellcheck={false}
          maxlength={20}
          value={code}
          error={wrong}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
      )}
      <Button
        kind="primary"
        type="submit"
        wide
        size="big"
        busy={busy}
        disabled={kind === undefined || (kind !== "passkey" && code.trim() === "")}
      >
        {kind === "passkey" ? (busy ? texts.passkeyWaiting : texts.stepPasskey) : action}
      </Button>
      <p class="meta">{texts.stepNothing}</p>
    </Form>
  );
}
