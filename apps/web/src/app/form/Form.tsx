/** Forms as every page of members draws them: what went wrong first, then the fields. Nothing is ever submitted by the browser itself. */
import type { ComponentChildren, Ref } from "preact";
import { Button } from "../../kit/Button.tsx";
import { Problem } from "../problem.tsx";

export interface FormProps {
  id?: string | undefined;
  class?: string;
  formRef?: Ref<HTMLFormElement>;
  /** Why the last attempt failed. */
  error?: unknown;
  lead?: ComponentChildren;
  onSubmit: () => unknown;
  children: ComponentChildren;
}

export function Form({ id, class: look = "stack", formRef, error, lead, onSubmit, children }: FormProps) {
  return (
    <form
      id={id}
      ref={formRef ?? null}
      class={look}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
        const form = event.currentTarget;
        // once it is drawn: to the first field that is refused
        queueMicrotask(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      }}
    >
      {lead && <p class="muted">{lead}</p>}
      {error !== undefined && <Problem error={error} />}
      {children}
    </form>
  );
}

/** A form that is a step on its own: its one button as wide as the sheet. */
export function StepForm({ busy, action, children, ...form }: FormProps & { busy: boolean; action: string }) {
  return (
    <Form {...form}>
      {children}
      <Button kind="primary" type="submit" busy={busy} wide>
        {action}
      </Button>
    </Form>
  );
}
