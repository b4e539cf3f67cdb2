/** A labelled input with its hint and its error, tied together for screen readers. The error replaces nothing: the hint stays. */
import type { ComponentChildren, InputHTMLAttributes, PartialInputHTMLAttributes, Ref } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./Icon.tsx";
import { alert } from "./icons.ts";
import "./field.css";

interface FieldTexts {
  label: ComponentChildren;
  /** The word for "(optional)", already in the reader's language. */
  optional?: string | undefined;
  hint?: ComponentChildren;
  error?: ComponentChildren;
}

export interface FieldProps
  extends FieldTexts,
    Omit<PartialInputHTMLAttributes<HTMLInputElement>, "label" | "ref" | "role"> {
  type?: "text" | "password" | "email" | "search" | "url" | "tel" | "number" | "date";
  inputRef?: Ref<HTMLInputElement>;
  /** Beside the input, on its line: show/hide, generate. */
  after?: ComponentChildren;
}

export function Field({
  label,
  optional,
  hint,
  error,
  inputRef,
  after,
  id: given,
  type = "text",
  ...rest
}: FieldProps) {
  const own = useId();
  const id = typeof given === "string" ? given : own;
  const input = (
    <input
      autocomplete="off"
      // a kind of input is chosen at run time: the union over all kinds cannot follow that
      {...({ ...rest, type } as InputHTMLAttributes<HTMLInputElement>)}
      class="input"
      id={id}
      ref={inputRef ?? null}
      aria-invalid={error ? "true" : undefined}
      aria-describedby={describedBy(id, hint, error)}
    />
  );
  return (
    <FieldFrame id={id} label={label} optional={optional} hint={hint} error={error}>
      {after ? (
        <div class="joined">
          {input}
          {after}
        </div>
      ) : (
        input
      )}
    </FieldFrame>
  );
}

/** Label, control, hint, error around any control whose id is `id` and whose aria-describedby is `describedBy(id, hint, error)`. */
export function FieldFrame({
  id,
  label,
  optional,
  hint,
  error,
  children,
}: FieldTexts & { id: string; children: ComponentChildren }) {
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
        {optional && <span class="opt"> {optional}</span>}
      </label>
      {children}
      {hint && (
        <p class="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {/* always there, so that what appears in it is spoken */}
      <div id={`${id}-error`} role="alert">
        {error && (
          <p class="field__error">
            <Icon of={alert} small />
            <span>{error}</span>
          </p>
        )}
      </div>
    </div>
  );
}

export function describedBy(id: string, hint: unknown, error: unknown): string | undefined {
  return [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;
}

export interface CheckProps extends Omit<PartialInputHTMLAttributes<HTMLInputElement>, "label" | "ref" | "role"> {
  type?: "checkbox" | "radio";
  label: ComponentChildren;
  /** One more line, smaller. */
  note?: ComponentChildren;
}

/** A checkbox (or `type="radio"`) with its words; the whole line is the target. */
export function Check({ label, note, type = "checkbox", ...rest }: CheckProps) {
  return (
    <label class="check">
      <input {...rest} type={type} />
      <span>
        {label}
        {note && <small>{note}</small>}
      </span>
    </label>
  );
}
