/** Adding a mobile number as second step (A2), or another one: the number, then the code that went to it. */
import { addSmsFactor, offerSmsFactor } from "@pli/client";
import { PliError } from "@pli/core/errors";
import type { FactorCodeSent } from "@pli/core/wire";
import type { SecurityTexts } from "@pli/texts/app/security";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { server } from "../api.ts";
import { AskDialog } from "../form/AskDialog.tsx";
import { lazy } from "../lazy.tsx";
import type { MobileFieldProps } from "../sms/MobileField.tsx";
import { smsWords } from "../sms/sms-words.ts";
import { CodeField } from "./CodeField.tsx";

const MobileField = lazy<MobileFieldProps>(async () => {
  const [part] = await Promise.all([import("../sms/MobileField.tsx"), smsWords.load()]);
  return part.MobileField;
});

export function NumberDialog({
  texts,
  onClose,
  onAdded,
}: {
  texts: SecurityTexts;
  onClose: () => void;
  onAdded: () => void;
}) {
  const [typed, setTyped] = useState("");
  const [mobile, setMobile] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [sent, setSent] = useState<FactorCodeSent>();
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const field = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (sent) field.current?.querySelector<HTMLElement>(".input")?.focus();
  }, [sent]);

  const attempt = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setWrong("");
    setError(undefined);
    try {
      await work();
    } catch (failure) {
      const known = failure instanceof PliError ? failure.code : "";
      if (known === "wrong_code") setWrong(texts.sentWrong);
      else if (known !== "cancelled") setError(failure);
    }
    setBusy(false);
  };
  const order = () => {
    setTried(true);
    if (mobile !== null) void attempt(async () => setSent(await offerSmsFactor(server, mobile)));
  };
  const prove = () =>
    attempt(async () => {
      await addSmsFactor(server, { number: mobile ?? "", code });
      onAdded();
    });

  return (
    <AskDialog
      title={texts.mobileTitle}
      lead={texts.mobileLead}
      action={sent ? texts.mobileAction : texts.sendSmsAction}
      busy={busy}
      disabled={sent !== undefined && code.trim() === ""}
      error={error}
      onAct={sent ? () => void prove() : order}
      onClose={onClose}
    >
      {sent ? (
        <div class="stack" ref={field}>
          <p class="small" role="status">
            {texts.sentTo({ ...sent, to: typed })}
          </p>
          <CodeField label={texts.sentCode} code={code} wrong={wrong} onCode={setCode} />
          <p>
            <Button size="small" onClick={order}>
              {texts.sendAgain}
            </Button>
          </p>
        </div>
      ) : (
        <MobileField
          label={texts.mobileLabel}
          hinted
          typed={typed}
          missing={tried ? smsWords.words().numberWrong : undefined}
          onNumber={(text, number) => {
            setTyped(text);
            setMobile(number);
          }}
        />
      )}
    </AskDialog>
  );
}
