/** Questions that stop: `await confirm({…})` shows a dialog and answers true or false. One at a time, above every page. */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Button } from "../kit/Button.tsx";
import { Dialog } from "../kit/Dialog.tsx";

interface Question {
  title: string;
  /** What will be gone, or what it costs. */
  text: ComponentChildren;
  action: string;
  back: string;
  danger?: boolean;
}

const asked = signal<{ question: Question; answer: (yes: boolean) => void } | null>(null);

export function confirm(question: Question): Promise<boolean> {
  asked.peek()?.answer(false);
  return new Promise((resolve) => {
    asked.value = {
      question,
      answer: (yes) => {
        asked.value = null;
        resolve(yes);
      },
    };
  });
}

export function AppDialogs() {
  const present = asked.value;
  if (!present) return null;
  const { question, answer } = present;
  return (
    <Dialog
      title={question.title}
      lead={<p>{question.text}</p>}
      onClose={() => answer(false)}
      light
      actions={
        <>
          <Button kind="quiet" onClick={() => answer(false)}>
            {question.back}
          </Button>
          <Button kind={question.danger ? "danger" : "primary"} onClick={() => answer(true)}>
            {question.action}
          </Button>
        </>
      }
    />
  );
}
