/** A dialog that asks for something and does one thing with it: a way back, an action, Enter does it too. */
import type { ComponentChildren, Ref } from "preact";
import { useId } from "preact/hooks";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { words } from "../language.ts";
import { Form } from "./Form.tsx";

export interface AskDialogProps {
  title: string;
  lead?: string;
  action: string;
  busy: boolean;
  /** Nothing to act on yet. */
  disabled?: boolean;
  error?: unknown;
  formRef?: Ref<HTMLFormElement>;
  onAct: () => unknown;
  onClose: () => void;
  children: ComponentChildren;
}

export function AskDialog({ title, lead, action, busy, disabled, onAct, onClose, ...form }: AskDialogProps) {
  const id = useId();
  return (
    <Dialog
      title={title}
      lead={lead && <p>{lead}</p>}
      onClose={onClose}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {words().shell.cancel}
          </Button>
          <Button kind="primary" type="submit" form={id} busy={busy} disabled={disabled}>
            {action}
          </Button>
        </>
      }
    >
      <Form {...form} id={id} onSubmit={onAct} />
    </Dialog>
  );
}
