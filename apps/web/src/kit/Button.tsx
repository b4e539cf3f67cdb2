/** A button, named by what it does. One primary a screen; what destroys is `danger` and says what will be gone. */
import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import "./button.css";

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "size"> {
  kind?: "primary" | "secondary" | "quiet" | "danger" | undefined;
  /** `big`: the one action of a recipient's page; `small`: within rows. */
  size?: "big" | "small" | undefined;
  wide?: boolean | undefined;
  /** A drawing of icons.ts, before the words. */
  icon?: string | undefined;
  /** At work: keeps its place and its focus, takes no further click. */
  busy?: boolean | undefined;
  children?: ComponentChildren;
}

export function Button({
  kind = "secondary",
  size,
  wide,
  icon,
  busy,
  children,
  onClick,
  class: more,
  ...rest
}: ButtonProps) {
  const classes = ["btn", `btn--${kind}`];
  if (size) classes.push(size === "big" ? "btn--big" : "btn--s");
  if (wide) classes.push("btn--wide");
  if (typeof more === "string") classes.push(more);
  return (
    <button
      type="button"
      {...rest}
      class={classes.join(" ")}
      aria-busy={busy ? "true" : undefined}
      aria-disabled={busy ? "true" : rest["aria-disabled"]}
      onClick={(event) => {
        // a busy submit button must not send its form twice
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon && <Icon of={icon} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "kind" | "size" | "wide" | "children" | "icon"> {
  icon: string;
  /** Its name, for everybody: spoken, and shown by the browser on hover. */
  label: string;
  small?: boolean | undefined;
}

/** A button that is only a drawing. */
export function IconButton({ icon, label, small, busy, class: more, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`btn btn--icon${small ? " btn--s" : ""}${typeof more === "string" ? ` ${more}` : ""}`}
      aria-label={label}
      title={label}
      aria-busy={busy ? "true" : undefined}
    >
      <Icon of={icon} />
    </button>
  );
}
