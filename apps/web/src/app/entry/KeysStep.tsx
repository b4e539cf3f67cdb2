/** Making the keyring: a passphrase typed twice or proposed, and whether this device unlocks by itself (Z9, Z10). */
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Check } from "../../kit/Field.tsx";
import { deviceName, lookAtKeys } from "../keys/keys.ts";
import { NewPassphrase, NO_PASSPHRASE, usePassphraseCheck } from "../keys/NewPassphrase.tsx";
import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { Problem } from "../problem.tsx";
import { loadAccount } from "../session.ts";

export function KeysStep({ onDone }: { onDone: () => void }) {
  const { entry } = words();
  const [choice, setChoice] = useState(NO_PASSPHRASE);
  const [remember, setRemember] = useState(true);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const errors = usePassphraseCheck(choice);
  const submit = async () => {
    setTried(true);
    if (errors.typed || errors.again) return;
    setBusy(true);
    setError(undefined);
    try {
      await callWorker("makeKeys", {
        passphrase: choice.typed,
        slotName: entry.slotPassphrase,
        deviceName: remember ? deviceName() : undefined,
      });
      await lookAtKeys(true);
      await loadAccount();
      onDone();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p class="muted">{entry.keysLead}</p>
      {error !== undefined && <Problem error={error} />}
      <NewPassphrase choice={choice} errors={errors} shownErrors={tried} onChoice={setChoice} />
      <Check
        label={entry.thisDevice}
        note={entry.thisDeviceNote}
        checked={remember}
        onChange={(event) => setRemember(event.currentTarget.checked)}
      />
      <Button kind="primary" type="submit" busy={busy} wide>
        {busy ? entry.making : entry.makeKeys}
      </Button>
    </form>
  );
}
