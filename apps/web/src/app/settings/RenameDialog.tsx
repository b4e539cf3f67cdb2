/** Names something of one's own anew: a key slot, a passkey. */
import { LIMITS } from "@pli/core/wire";
import { useState } from "preact/hooks";
import { Field } from "../../kit/Field.tsx";
import { AskDialog } from "../form/AskDialog.tsx";
import { useAttempt } from "../form/attempt.ts";
import { words } from "../language.ts";
import { sayProblem } from "../problem.tsx";

export interface RenameDialogProps {
  title: string;
  label: string;
  /** As it is called now. */
  name: string;
  onRename: (name: string) => Promise<unknown>;
  onClose: () => void;
}

export function RenameDialog({ title, label, name: before, onRename, onClose }: RenameDialogProps) {
  const [name, setName] = useState(before);
  const { busy, attempt } = useAttempt(sayProblem);
  return (
    <AskDialog
      title={title}
      action={words().shell.save}
      busy={busy}
      disabled={name.trim() === ""}
      onAct={() =>
        attempt(async () => {
          await onRename(name.trim());
          onClose();
        })
      }
      onClose={onClose}
    >
      <Field
        label={label}
        maxlength={LIMITS.nameCharacters}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
    </AskDialog>
  );
}
