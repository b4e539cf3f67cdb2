/** Making a recovery kit: shown, printed or saved, and only then made valid by the person's word that it is in a safe place (Z10). */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Check } from "../../kit/Field.tsx";
import { useAttempt } from "../form/attempt.ts";
import { type Kit, KitSheet } from "../keys/KitSheet.tsx";
import { requireKeys } from "../keys/keys.ts";
import { callWorker } from "../keys/worker.ts";
import { language, words } from "../language.ts";
import { Skeleton } from "../loading.tsx";
import { Problem } from "../problem.tsx";
import { loadAccount } from "../session.ts";
import { say } from "../toasts.tsx";

interface NewKit {
  /** Slots whose words stop working with the new ones. */
  replaced?: readonly string[];
  onDone: () => void;
}

/** What is to be read, printed and confirmed, and the button that makes the words valid: where it stands is its page's. */
export function useNewKit({ replaced = [], onDone }: NewKit) {
  const { entry } = words();
  const [kit, setKit] = useState<Kit>();
  const [safe, setSafe] = useState(false);
  const { busy, error, attempt } = useAttempt();
  useEffect(() => {
    const make = async () => {
      if (!(await requireKeys())) return onDone();
      setKit(await callWorker("newKit", { name: entry.slotRecovery, language: language.peek() }));
    };
    void attempt(make);
  }, []);
  const finish = () =>
    attempt(async () => {
      await callWorker("keepKit", { replace: replaced });
      await loadAccount();
      say(entry.kitSaved);
      onDone();
    });
  const sheet = (
    <>
      <p class="muted">{entry.kitLead}</p>
      {error !== undefined && <Problem error={error} />}
      {kit ? <KitSheet kit={kit} /> : <Skeleton lines={5} />}
      <Check
        label={entry.kitConfirm}
        note={entry.kitConfirmNote}
        checked={safe}
        onChange={(event) => setSafe(event.currentTarget.checked)}
      />
    </>
  );
  const button = (
    <Button kind="primary" busy={busy} disabled={!safe || !kit} onClick={() => void finish()}>
      {entry.kitDone}
    </Button>
  );
  return { sheet, button };
}

export function KitStep({ onDone }: Pick<NewKit, "onDone">) {
  const { entry } = words();
  const { sheet, button } = useNewKit({ onDone });
  return (
    <div class="stack">
      {sheet}
      <div class="row">
        {button}
        <Button kind="quiet" onClick={onDone}>
          {entry.kitSkip}
        </Button>
      </div>
      <p class="meta">{entry.kitSkipNote}</p>
    </div>
  );
}
