/** A short word that something is done, with at most one action. The place is always in the page, so that what appears is spoken. */
import type { ComponentChildren } from "preact";
import { Icon } from "./Icon.tsx";
import { check } from "./icons.ts";
import "./toast.css";

/** Where toasts appear: once in a page. */
export function Toasts({ children }: { children?: ComponentChildren }) {
  return (
    <div class="toasts" role="status">
      {children}
    </div>
  );
}

/** @param before in place of the tick, e.g. a Ring @param action a small button */
export function Toast({
  before,
  action,
  children,
}: {
  before?: ComponentChildren;
  action?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <div class="toast">
      {before ?? <Icon of={check} />}
      <span class="toast__text">{children}</span>
      {action}
    </div>
  );
}
