/** A password for the message (M3): typed twice or proposed, its strength shown, and how the recipients get it, never in the same channel. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { again, copy } from "../../kit/icons.ts";
import { copyText } from "../clipboard.ts";
import { ChoiceField } from "../form/choices.tsx";
import { proposalRules } from "../keys/proposal.ts";
import { SecretField } from "../keys/SecretField.tsx";
import { StrengthMeter, useStrength } from "../keys/Strength.tsx";
import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { sayProblem } from "../problem.tsx";
import { me } from "../session.ts";
import type { Draft, HowTold, Protection } from "./draft.ts";
import { PasswordLink } from "./PasswordLink.tsx";
import type { PanelErrors } from "./ProtectionPanel.tsx";

const HOWS: readonly HowTold[] = ["phone", "other", "known"];

export interface PasswordPartProps {
  draft: Draft;
  errors: PanelErrors;
  onChange: (change: Partial<Protection>) => void;
}

export function PasswordPart({ draft, errors, onChange }: PasswordPartProps) {
  const { compose, secrets } = words();
  const { password, language } = draft.protection.value;
  const [turn, setTurn] = useState(0);
  const [bits, setBits] = useState<number>();
  const known = draft.people().flatMap(({ address, name }) => [address, name ?? ""]);
  const score = useStrength(password.typed, [...known, draft.subject.value]);
  const now = () => draft.protection.value.password;
  const set = (change: Partial<Protection["password"]>) => onChange({ password: { ...now(), ...change } });
  const propose = async (before = now().typed) => {
    // in the recipients' language: somebody will read it out to them
    const { text: typed, entropyBits } = await callWorker("propose", { language, ...proposalRules() });
    // what somebody typed meanwhile is theirs
    if (now().typed !== before) return;
    setBits(entropyBits);
    set({ typed, again: typed, proposed: true });
    setTurn((one) => one + 1);
  };
  useEffect(() => {
    // the safest way first: a proposed one, which can be replaced
    if (password.typed === "" && me().policies.passwordSuggestion.value) propose().catch(sayProblem);
  }, []);
  const labels = { phone: compose.howPhone, other: compose.howOther, known: compose.howKnown };
  return (
    <div class="stack stack--s">
      <SecretField
        key={turn}
        label={compose.passwordField}
        error={errors.password}
        autocomplete="off"
        value={password.typed}
        shown={password.proposed}
        onValue={(typed) => set({ typed, proposed: false, ...(password.proposed && { again: "" }) })}
      />
      <StrengthMeter score={score} />
      {password.proposed && bits !== undefined && <p class="meta">{secrets.entropy({ bits })}</p>}
      {score !== undefined && score < 2 && <p class="meta">{compose.passwordWeak}</p>}
      {!password.proposed && (
        <SecretField
          label={compose.passwordAgain}
          error={errors.again}
          autocomplete="off"
          value={password.again}
          onValue={(typed) => set({ again: typed })}
        />
      )}
      <ChoiceField
        label={compose.how}
        hint={compose.howHint[password.how]}
        options={HOWS.map((how) => ({ value: how, text: labels[how] }))}
        value={password.how}
        onChoice={(how) => set({ how })}
      />
      <div class="row row--tight">
        <Button kind="quiet" size="small" icon={again} onClick={() => void propose().catch(sayProblem)}>
          {compose.passwordPropose}
        </Button>
        <Button
          kind="quiet"
          size="small"
          icon={copy}
          disabled={password.typed === ""}
          onClick={() => void copyText(password.typed, compose.passwordCopied)}
        >
          {compose.copyPassword}
        </Button>
        <PasswordLink draft={draft} />
      </div>
    </div>
  );
}
