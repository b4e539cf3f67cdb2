/** A code that Pli sends: where it will go and the button that sends for it; then the field, what was sent, and another one. */
import type { FactorCodeSent, SentFactor } from "@pli/core/wire";
import type { SecurityTexts } from "@pli/texts/app/security";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { useAttempt } from "../form/attempt.ts";
import { Problem } from "../problem.tsx";
import { CodeField } from "./CodeField.tsx";

export interface SentCodeProps {
  texts: SecurityTexts;
  by: SentFactor;
  /** Where an SMS would go, masked. */
  number?: string | undefined;
  send: () => Promise<FactorCodeSent>;
  onSent: () => void;
  code: string;
  wrong: string;
  onCode: (code: string) => void;
}

export function SentCode({ texts, by, number, send, onSent, code, wrong, onCode }: SentCodeProps) {
  const [sent, setSent] = useState<FactorCodeSent>();
  const [error, setError] = useState<unknown>();
  const { busy, attempt } = useAttempt(setError);
  const order = () => {
    setError(undefined);
    void attempt(async () => {
      setSent(await send());
      onSent();
    });
  };
  const problem = error !== undefined && <Problem error={error} />;
  if (!sent)
    return (
      <>
        <p class="small">{by === "sms" ? texts.sendSms({ to: number ?? "" }) : texts.sendMail}</p>
        {problem}
        <Button kind="primary" wide size="big" busy={busy} onClick={order}>
          {by === "sms" ? texts.sendSmsAction : texts.sendMailAction}
        </Button>
      </>
    );
  return (
    <>
      <p class="small" role="status">
        {texts.sentTo(sent)}
      </p>
      <CodeField label={texts.sentCode} code={code} wrong={wrong} onCode={onCode} />
      {problem}
      <p>
        <Button size="small" busy={busy} onClick={order}>
          {texts.sendAgain}
        </Button>
      </p>
    </>
  );
}
