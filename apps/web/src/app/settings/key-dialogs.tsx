/** Dialogs about one's ways to unlock (Z10): a new recovery kit, another passphrase. */
import { LIMITS } from "@pli/core/wire";
import { useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Check, Field } from "../../kit/Field.tsx";
import type { SlotView } from "../../worker/app-keys.ts";
import { useNewKit } from "../entry/KitStep.tsx";
import { AskDialog } from "../form/AskDialog.tsx";
import { useAttempt } from "../form/attempt.ts";
import { NewPassphrase, NO_PASSPHRASE, usePassphraseCheck } from "../keys/NewPassphrase.tsx";
import { callWorker } from "../keys/worker.ts";
import { words } from "../language.ts";
import { say } from "../toasts.tsx";

export function KitDialog({ olds, onClose }: { olds: readonly SlotView[]; onClose: () => void }) {
  const { entry, settings, shell } = words();
  const [replace, setReplace] = useState(olds.length > 0);
  const { sheet, button } = useNewKit({ replaced: replace ? olds.map(({ slotId }) => slotId) : [], onDone: onClose });
  return (
    <Dialog
      title={entry.kitTitle}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {shell.cancel}
          </Button>
          {button}
        </>
      }
    >
      {olds.length > 0 && (
        <Check
          label={settings.replaceKit}
          note={settings.replaceKitText}
          checked={replace}
          onChange={(event) => setReplace(event.currentTarget.checked)}
        />
      )}
      {sheet}
    </Dialog>
  );
}

export function PassphraseDialog({ onClose }: { onClose: () => void }) {
  const { settings, entry } = words();
  const [choice, setChoice] = useState(NO_PASSPHRASE);
  const [name, setName] = useState(entry.slotPassphrase);
  const [tried, setTried] = useState(false);
  const { busy, error, attempt } = useAttempt();
  const errors = usePassphraseCheck(choice);
  const save = () => {
    setTried(true);
    if (errors.typed || errors.again || name.trim() === "") return;
    void attempt(async () => {
      await callWorker("addPassphrase", { passphrase: choice.typed, name: name.trim() });
      say(settings.added);
      onClose();
    });
  };
  return (
    <AskDialog
      title={settings.addPassphraseTitle}
      action={settings.addPassphrase}
      busy={busy}
      error={error}
      onAct={save}
      onClose={onClose}
    >
      <NewPassphrase choice={choice} errors={errors} shownErrors={tried} onChoice={setChoice} />
      <Field
        label={settings.slotName}
        hint={settings.slotNameHint}
        maxlength={LIMITS.nameCharacters}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
    </AskDialog>
  );
}
