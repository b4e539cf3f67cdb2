/** The link of the password by SMS to those who have a number (S2), never to where the message's own link goes. */
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { check, phone } from "../../kit/icons.ts";
import { nameOf, type Person } from "../compose/addresses.ts";
import { type Draft, keyOf, numberOf } from "../compose/draft.ts";
import { languageFor } from "../compose/sending.ts";
import { callWorker } from "../keys/worker.ts";
import { sayProblem } from "../problem.tsx";
import { say } from "../toasts.tsx";
import { smsWords } from "./sms-words.ts";

export interface SecretSmsProps {
  readonly draft: Draft;
  /** Of the one-time secret. */
  readonly link: string;
}

export function SecretSms({ draft, link }: SecretSmsProps) {
  const texts = smsWords.words();
  const protection = draft.protection.value;
  const [sent, setSent] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState<string>();
  const reached = draft.people().flatMap((person) => {
    const mobile = numberOf(person, protection);
    return mobile === null ? [] : [{ person, mobile }];
  });
  const send = async (person: Person, mobile: string) => {
    setBusy(keyOf(person));
    try {
      await callWorker("textSecret", { link, mobile, language: languageFor(person, protection) });
      setSent(new Set(sent).add(keyOf(person)));
      say(texts.secretSent({ name: nameOf(person) }));
    } catch (error) {
      sayProblem(error);
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <div class="stack stack--s">
      <h3 class="small">{texts.secretTitle}</h3>
      {reached.length === 0 && <p class="meta">{texts.secretNoNumbers}</p>}
      <div class="row">
        {reached.map(({ person, mobile }) => (
          <Button
            key={keyOf(person)}
            size="small"
            icon={sent.has(keyOf(person)) ? check : phone}
            busy={busy === keyOf(person)}
            disabled={sent.has(keyOf(person))}
            onClick={() => void send(person, mobile)}
          >
            {texts.secretSms({ name: nameOf(person) })}
          </Button>
        ))}
      </div>
    </div>
  );
}
