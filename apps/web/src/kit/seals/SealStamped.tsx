/** The seal in a ring, with a tick: registered. Always beside a word: hidden from screen readers. */
import { classes, type SealProps, WAX } from "./seal.ts";

export function SealStamped(props: SealProps) {
  return (
    <svg class={classes("stamped", props)} viewBox="0 0 48 48" aria-hidden="true">
      <circle cx="24" cy="24" r="22.4" fill="none" stroke="var(--ring,#16203a)" stroke-width="1.8" />
      <circle
        cx="24"
        cy="24"
        r="18.8"
        fill="none"
        stroke="var(--ring,#16203a)"
        stroke-width="2.2"
        stroke-dasharray="1.2 2.737"
      />
      <g transform="translate(24 24) scale(.68) translate(-24 -24)">
        <path fill="currentColor" d={WAX} />
      </g>
      <path
        d="m17.5 24.5 4.7 4.7 8.5-9.7"
        fill="none"
        stroke="var(--mark,#fff)"
        stroke-width="3"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
