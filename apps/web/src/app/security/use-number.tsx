/** A mobile number that becomes a second step (A2), wherever that is asked: the number, then the code that went to it. One form, two acts. */
import { PliError } from "@pli/core/errors";
import type { FactorCodeSent, SmsFactorConfirmation } from "@pli/core/wire";
import type { SecurityTexts } from "@pli/texts/app/security";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { lazy } from "../lazy.tsx";
import type { MobileFieldProps } from "../sms/MobileField.tsx";
import { smsWords } from "../sms/sms-words.ts";
import { CodeField } from "./CodeField.tsx";

const MobileField = lazy<MobileFieldProps>(async () => {
  const [part] = await Promise.all([import("../sms/MobileField.tsx"), smsWords.load()]);
  return part.MobileField;
});

export interface NumberDoor {
  /** @param number E.164 @throws PliError `number_refused`, `rate_limited`, … */
  offer: (number: string) => Promise<FactorCodeSent>;
  /** @throws PliError `wrong_code` */
  prove: (proof: SmsFactorConfirmation) => Promise<void>;
}

/** What stands in the form, and what its button does now. */
export function useNumber(texts: SecurityTexts, { offer, prove }: NumberDoor) {
  const [typed, setTyped] = useState("");
  const [mobile, setMobile] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [sent, setSent] = useState<FactorCodeSent>();
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const field = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
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
    if (mobile !== null) void attempt(async () => setSent(await offer(mobile)));
  };
  const confirm = () => void attempt(() => prove({ number: mobile ?? "", code }));
  const fields = sent ? (
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
  );
  return {
    ...{ fields, busy, error },
    action: sent ? texts.mobileAction : texts.sendSmsAction,
    disabled: sent !== undefined && code.trim() === "",
    act: sent ? confirm : order,
  };
}
