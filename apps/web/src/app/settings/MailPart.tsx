/** Which mails come (A3): each choice holds at once. Those that guard the account or wait for an answer are not among them. */
import { changeMailChoices, getMailChoices } from "@pli/client";
import type { MailChoices } from "@pli/core/wire";
import { useState } from "preact/hooks";
import { Check } from "../../kit/Field.tsx";
import { server } from "../api.ts";
import { useLoad, Waiting } from "../loading.tsx";
import { sayProblem } from "../problem.tsx";
import { say } from "../toasts.tsx";
import { accountWords } from "./account-words.ts";
import { Part } from "./Part.tsx";

const KINDS = ["opened", "unread", "maintenance", "news"] as const satisfies readonly (keyof MailChoices)[];

export function MailPart() {
  const texts = accountWords.words();
  const [loaded, again] = useLoad(() => getMailChoices(server), []);
  // shown from the click on: drawn as loaded meanwhile, a box would spring back
  const [chosen, setChosen] = useState<Partial<MailChoices>>({});
  const choose = async (kind: keyof MailChoices, wanted: boolean) => {
    setChosen((present) => ({ ...present, [kind]: wanted }));
    try {
      await changeMailChoices(server, { [kind]: wanted });
      say(texts.saved);
    } catch (error) {
      setChosen(({ [kind]: _refused, ...others }) => others);
      again();
      sayProblem(error);
    }
  };
  return (
    <Part name="mails" title={texts.mails} lead={texts.mailsLead}>
      <Waiting loaded={loaded} again={again} lines={4}>
        {(choices) => (
          <div class="card__in">
            {KINDS.map((kind) => (
              <Check
                key={kind}
                label={texts.kinds[kind].label}
                note={texts.kinds[kind].note}
                checked={chosen[kind] ?? choices[kind]}
                onChange={(event) => void choose(kind, event.currentTarget.checked)}
              />
            ))}
          </div>
        )}
      </Waiting>
    </Part>
  );
}
