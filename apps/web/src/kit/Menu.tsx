/** A menu made of details: opens without script; Escape, a choice, or a click beside it closes it. Items are real buttons and links. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import "./menu.css";

export interface MenuProps {
  /** Of the summary, beside `btn`: e.g. "btn--quiet btn--s". */
  buttonClass?: string;
  summary: ComponentChildren;
  /** The list opens towards the end of the line. */
  start?: boolean;
  class?: string;
  children: ComponentChildren;
}

export function Menu({ buttonClass = "btn--secondary", summary, start, class: more, children }: MenuProps) {
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const away = (event: Event) => {
      const menu = ref.current;
      if (!menu?.open || !(event.target instanceof Element)) return;
      // beside the menu, or on one of its items (clicks by keyboard come here too)
      if (menu.contains(event.target) && !event.target.closest(".menu__item")) return;
      // a dialog that the item opened gives the focus back to where it was: not to what is hidden by then
      if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
      menu.open = false;
    };
    // before the item's own turn: a dialog opens as soon as it is drawn
    document.addEventListener("click", away, true);
    return () => document.removeEventListener("click", away, true);
  }, []);
  return (
    <details
      ref={ref}
      class={`menu${more ? ` ${more}` : ""}`}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !ref.current?.open) return;
        ref.current.open = false;
        ref.current.querySelector("summary")?.focus();
      }}
    >
      <summary class={`btn ${buttonClass}`}>{summary}</summary>
      <div class={`menu__list${start ? " menu__list--start" : ""}`}>{children}</div>
    </details>
  );
}
