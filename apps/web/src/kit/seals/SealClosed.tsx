/** The seal whole: nobody has opened it. Always beside a word: hidden from screen readers. */
import { classes, type SealProps, WAX } from "./seal.ts";

export function SealClosed(props: SealProps) {
  return (
    <svg class={classes("closed", props)} viewBox="0 0 48 48" aria-hidden="true">
      <path fill="currentColor" d={WAX} />
      <circle cx="24" cy="24" r="15.6" fill="none" stroke="var(--mark,#fff)" stroke-opacity=".5" stroke-width="1.2" />
      <path
        d="M17.6 32V16.2H31V25.2H24"
        fill="none"
        stroke="var(--mark,#fff)"
        stroke-width="2.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
      <circle cx="23.6" cy="25.2" r="2.9" fill="var(--mark,#fff)" />
    </svg>
  );
}
