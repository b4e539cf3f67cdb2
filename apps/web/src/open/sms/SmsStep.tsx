/** The code by SMS (M4): the step of the mailbox code with words and a worker's doors of its own, loaded when a message asks for it. */
import type { CodeSent, GrantInfo } from "@pli/core/wire";
import type { Language } from "@pli/texts/languages";
import { loadSms, type Sms } from "@pli/texts/open/sms";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { CodeStepProps } from "../CodeStep.tsx";
import { worker } from "../session.ts";

export interface SmsStepProps extends Omit<CodeStepProps, "words" | "digits" | "to" | "onAsk" | "onCode"> {
  CodeStep: ComponentType<CodeStepProps>;
  onProven: () => Promise<void>;
}

let words: Sms;

async function ask(grantId: string): Promise<CodeSent> {
  // without a code it always tells what was sent
  return (await worker().call("sms", { grantId })) as CodeSent;
}

/** Has a code sent, and the words there when it arrives. @throws PliError `rate_limited` */
export async function prepareSms({ grantId }: GrantInfo, language: Language): Promise<CodeSent> {
  const [sent, loaded] = await Promise.all([ask(grantId), loadSms[language]()]);
  words = loaded;
  return sent;
}

export function SmsStep({ CodeStep, onProven, ...props }: SmsStepProps) {
  const { language, info } = props;
  const { grantId } = info;
  const [, redraw] = useState(0);
  useEffect(() => {
    loadSms[language]().then(
      (loaded) => {
        words = loaded;
        redraw((one) => one + 1);
      },
      // the connection is gone: the words that are there go on
      () => undefined,
    );
  }, [language]);
  return (
    <CodeStep
      {...props}
      words={words}
      digits={6}
      to={info.maskedMobile}
      onAsk={() => ask(grantId)}
      onCode={async (code) => {
        await worker().call("sms", { grantId, code });
        await onProven();
      }}
    />
  );
}
