/** Choosing a passphrase: typed twice, or proposed and shown once; refused when anybody could guess it. */
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { language, words } from "../language.ts";
import { me } from "../session.ts";
import { SecretField } from "./SecretField.tsx";
import { StrengthMeter, useStrength } from "./Strength.tsx";
import { callWorker } from "./worker.ts";

export interface PassphraseChoice {
  typed: string;
  again: string;
  proposed: boolean;
}

export const NO_PASSPHRASE: PassphraseChoice = { typed: "", again: "", proposed: false };
const LEAST_SCORE = 3;

/** What is wrong with the choice, by field; nothing when it may be taken. */
export function usePassphraseCheck(choice: PassphraseChoice) {
  const { entry } = words();
  const { name, address } = me();
  const score = useStrength(choice.typed, [name, address, "pli"]);
  // eight characters hold even when the judge has not come
  const weak = choice.typed.length < 8 || (score !== undefined && score < LEAST_SCORE);
  const differs = !choice.proposed && choice.typed !== choice.again;
  return {
    score,
    typed: weak ? entry.passphraseShort : undefined,
    again: !weak && differs ? entry.passphraseDiffers : undefined,
  };
}

export function NewPassphrase({
  choice,
  errors,
  shownErrors,
  onChoice,
}: {
  choice: PassphraseChoice;
  errors: ReturnType<typeof usePassphraseCheck>;
  shownErrors: boolean;
  onChoice: (choice: PassphraseChoice) => void;
}) {
  const { entry } = words();
  const [turn, setTurn] = useState(0);
  const propose = async () => {
    const { text: typed } = await callWorker("propose", { language: language.value, words: 5 });
    onChoice({ typed, again: typed, proposed: true });
    setTurn(turn + 1);
  };
  return (
    <div class="stack">
      <SecretField
        key={`typed ${turn}`}
        label={entry.passphrase}
        hint={choice.proposed ? entry.generated : entry.passphraseHint}
        error={shownErrors && errors.typed}
        autocomplete="new-password"
        value={choice.typed}
        shown={choice.proposed}
        onValue={(typed) => onChoice({ ...choice, typed, proposed: false })}
      />
      <StrengthMeter score={errors.score} />
      {!choice.proposed && (
        <SecretField
          label={entry.passphraseAgain}
          error={shownErrors && errors.again}
          autocomplete="new-password"
          value={choice.again}
          onValue={(again) => onChoice({ ...choice, again })}
        />
      )}
      <p>
        <Button kind="quiet" size="small" onClick={() => void propose()}>
          {entry.generate}
        </Button>
      </p>
    </div>
  );
}
