/** The sent list by recipient, reference, state and dates (M20): all of it is asked of the server, which knows no more than that. */
import type { EnvelopeState } from "@pli/core/wire";
import { loadNarrow, type Narrow as Words } from "@pli/texts/narrow";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Field } from "../../kit/Field.tsx";
import { words as appWords, language } from "../language.ts";
import type { Narrow } from "./list-model.ts";

const STATES = ["sending", "sent", "partly_opened", "opened", "expired", "destroyed", "revoked"] as const;

export function Narrowing({ narrow, onNarrow }: { narrow: Narrow; onNarrow: (narrow: Narrow) => void }) {
  const [words, setWords] = useState<Words>();
  const { follow } = appWords();
  useEffect(() => {
    void loadNarrow[language.value]().then((loaded) => setWords(() => loaded));
  }, [language.value]);
  if (!words) return null;
  const set = (change: Partial<Narrow>) => onNarrow({ ...narrow, ...change });
  return (
    <fieldset class="narrow">
      <legend class="vh">{words.title}</legend>
      <Field
        label={words.recipient}
        maxlength={200}
        value={narrow.recipient ?? ""}
        onInput={(event) => set({ recipient: event.currentTarget.value })}
      />
      <Field
        label={words.reference}
        maxlength={200}
        value={narrow.reference ?? ""}
        onInput={(event) => set({ reference: event.currentTarget.value })}
      />
      <label class="field">
        <span class="field__label">{words.state}</span>
        <select
          class="select"
          value={narrow.state ?? ""}
          onChange={(event) => set({ state: (event.currentTarget.value || undefined) as EnvelopeState | undefined })}
        >
          <option value="">{words.anyState}</option>
          {STATES.map((state) => (
            <option key={state} value={state}>
              {follow.states[state]}
            </option>
          ))}
        </select>
      </label>
      <Field
        label={words.from}
        type="date"
        value={narrow.fromDay ?? ""}
        max={narrow.untilDay}
        onInput={(event) => set({ fromDay: event.currentTarget.value })}
      />
      <Field
        label={words.until}
        type="date"
        value={narrow.untilDay ?? ""}
        min={narrow.fromDay}
        onInput={(event) => set({ untilDay: event.currentTarget.value })}
      />
      <Button size="small" onClick={() => onNarrow({})}>
        {words.clear}
      </Button>
    </fieldset>
  );
}
