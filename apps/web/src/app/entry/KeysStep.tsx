/** Making the keyring: a passphrase typed twice or proposed, and whether this device unlocks by itself (Z9, Z10). */
import { useState } from "preact/hooks";
import { Check } from "../../kit/Field.tsx";
import { useAttempt } from "../form/attempt.ts";
import { StepForm } from "../form/Form.tsx";
import { deviceName, lookAtKeys } from "../keys/keys.ts";
import { NewPassphrase, NO_PASSPHRASE, usePassphraseCheck } from "../keys/NewPassphrase.tsx";
import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { loadAccount } from "../session.ts";

export function KeysStep({ onDone }: { onDone: () => void }) {
  const { entry } = words();
  const [choice, setChoice] = useState(NO_PASSPHRASE);
  const [remember, setRemember] = useState(true);
  const [tried, setTried] = useState(false);
  const { busy, error, attempt } = useAttempt();
  const errors = usePassphraseCheck(choice);
  const submit = async () => {
    setTried(true);
    if (errors.typed || errors.again) return;
    await attempt(async () => {
      await callWorker("makeKeys", {
        passphrase: choice.typed,
        slotName: entry.slotPassphrase,
        deviceName: remember ? deviceName() : undefined,
      });
      await lookAtKeys(true);
      await loadAccount();
      onDone();
    });
  };
  return (
    <StepForm
      lead={entry.keysLead}
      error={error}
      busy={busy}
      action={busy ? entry.making : entry.makeKeys}
      onSubmit={submit}
    >
      <NewPassphrase choice={choice} errors={errors} shownErrors={tried} onChoice={setChoice} />
      <Check
        label={entry.thisDevice}
        note={entry.thisDeviceNote}
        checked={remember}
        onChange={(event) => setRemember(event.currentTarget.checked)}
      />
    </StepForm>
  );
}
