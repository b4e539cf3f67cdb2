/**
 * Showing a second factor: one of those there are, a passkey by a press, a code by typing it, one by SMS or mail after it was sent for. For the
 * sign-in and for confirming.
 */
import { PliError } from "@pli/core/errors";
import type { ConfirmationKind, SentFactor } from "@pli/core/wire";
import type { SecurityTexts } from "@pli/texts/app/security";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Field } from "../../kit/Field.tsx";
import "../shell/choice.css";
import { Form } from "../form/Form.tsx";
import { CodeField } from "./CodeField.tsx";
import { SentCode, type SentCodeProps } from "./SentCode.tsx";
import { hasPasskeys } from "./webauthn.ts";
import "./security.css";

/** What may be asked for: all that may confirm, or the fewer that may sign in. */
export interface FactorFormProps<Kind extends ConfirmationKind> {
  texts: SecurityTexts;
  factors: readonly Kind[];
  /** On the button of a typed code. */
  action: string;
  byPasskey: () => Promise<void>;
  byCode: (kind: Exclude<Kind, "passkey">, code: string) => Promise<void>;
  send: (by: SentFactor) => ReturnType<SentCodeProps["send"]>;
  /** Where an SMS would go, masked. */
  number?: string | undefined;
}

const SENT: readonly ConfirmationKind[] = ["sms", "mail"] satisfies readonly SentFactor[];
const isSent = (kind: ConfirmationKind | undefined): kind is SentFactor => kind !== undefined && SENT.includes(kind);

export function FactorForm<Kind extends ConfirmationKind>({
  texts,
  factors,
  action,
  byPasskey,
  byCode,
  send,
  number,
}: FactorFormProps<Kind>) {
  const usable = factors.filter((kind) => kind !== "passkey" || hasPasskeys());
  const [kind, setKind] = useState<Kind | undefined>(usable[0]);
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const form = useRef<HTMLFormElement>(null);
  // whoever has a code in hand types it; else it is sent for first
  const [sent, setSent] = useState(false);
  const asks = isSent(kind) && !sent;
  useEffect(() => {
    if (asks) return;
    form.current?.querySelector<HTMLElement>(kind === "passkey" ? ".btn--primary" : ".input")?.focus();
  }, [kind, asks]);

  const submit = async () => {
    if (busy || kind === undefined || asks) return;
    setBusy(true);
    setWrong("");
    setError(undefined);
    try {
      if (kind === "passkey") await byPasskey();
      // the compiler does not narrow a type parameter
      else await byCode(kind as Exclude<Kind, "passkey">, code);
    } catch (failure) {
      const known = failure instanceof PliError ? failure.code : "";
      if (known === "wrong_code")
        setWrong(kind === "recovery" ? texts.recoveryWrong : isSent(kind) ? texts.sentWrong : texts.codeWrong);
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
                    setKind(() => one);
                    setSent(false);
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
        <CodeField label={texts.stepTotp} hint={texts.stepTotpHint} code={code} wrong={wrong} onCode={setCode} />
      )}
      {isSent(kind) && (
        <SentCode
          key={kind}
          texts={texts}
          by={kind}
          number={number}
          send={() => send(kind)}
          onSent={() => setSent(true)}
          code={code}
          wrong={wrong}
          onCode={setCode}
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
      {!asks && (
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
      )}
      <p class="meta">{texts.stepNothing}</p>
    </Form>
  );
}
