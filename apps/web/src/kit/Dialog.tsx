/**
 * A modal dialog on the native element: focus stays within, also when what had it is gone; Escape closes, focus goes back to where it was.
 */
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import "./dialog.css";

export interface DialogProps {
  title: ComponentChildren;
  /** Under the title: what it is about, what will be gone. */
  lead?: ComponentChildren;
  /** Buttons; the first is the way back and stands at the start, the last is the action. */
  actions: ComponentChildren;
  onClose: () => void;
  /** A click beside the dialog closes it too: only where nothing typed could be lost. */
  light?: boolean;
  wide?: boolean;
  children?: ComponentChildren;
}

/** Shown while it is rendered. */
export function Dialog({ title, lead, actions, onClose, light, wide, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // with what is drawn: a key pressed at once is the dialog's, not the page's behind it
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    const before = document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  useLayoutEffect(() => {
    // an answer took its own question away: the keyboard goes on from the dialog, not from the page behind it
    if (ref.current?.open && document.activeElement === document.body) ref.current.focus();
  });
  return (
    <dialog
      ref={ref}
      tabIndex={-1}
      class={wide ? "dialog dialog--wide" : "dialog"}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (light && event.target === ref.current) onClose();
      }}
    >
      <div class="dialog__head">
        <h2 class="title--s" id={id}>
          {title}
        </h2>
        {lead && <div class="muted">{lead}</div>}
      </div>
      {children && <div class="dialog__in">{children}</div>}
      <div class="dialog__acts">{actions}</div>
    </dialog>
  );
}
