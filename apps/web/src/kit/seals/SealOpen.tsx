/** The seal in two halves: opened. Always beside a word: hidden from screen readers. */
import { classes, type SealProps } from "./seal.ts";

export function SealOpen(props: SealProps) {
  return (
    <svg class={classes("open", props)} viewBox="0 0 48 48" aria-hidden="true">
      <g transform="translate(24 24) scale(.9) translate(-24 -24)">
        <g transform="translate(0 -3.4) rotate(-4 24 24)">
          <path
            fill="currentColor"
            stroke="currentColor"
            stroke-linejoin="round"
            d="M3.1 22.2C3.3 21.3 3.8 18.6 4.4 16.9C5 15.1 5.7 13.4 6.6 11.8C7.6 10.3 8.8 8.7 10.2 7.6C11.6 6.4 13.5 5.8 15.2 5C16.8 4.3 18.5 3.5 20.3 3C22.1 2.5 24.1 1.8 25.9 2C27.8 2.1 29.6 3.1 31.3 4C32.9 4.8 34.4 6 35.8 7.1C37.2 8.3 38.7 9.4 39.8 10.7C41 12.1 41.9 13.7 42.8 15.2C43.7 16.8 44.7 19.1 45.2 20.3C45.7 21.4 45.7 21.8 45.8 22.1Z"
          />
          <path
            d="M9.4 22.6a14.8 14.8 0 0 1 29.2 0"
            fill="none"
            stroke="var(--mark,#fff)"
            stroke-opacity=".5"
            stroke-width="1.2"
          />
          <path
            d="M17.6 22.4V16.2H31V22.4"
            fill="none"
            stroke="var(--mark,#fff)"
            stroke-width="2.5"
            stroke-linejoin="round"
          />
        </g>
        <g transform="translate(0 2.6)">
          <path
            fill="currentColor"
            stroke="currentColor"
            stroke-linejoin="round"
            d="M46 25.9C45.6 26.8 44.7 29.6 43.9 31.2C43.1 32.9 42.2 34.5 41.2 36C40.2 37.6 39.2 39.3 37.8 40.5C36.5 41.7 34.6 42.5 32.9 43.1C31.2 43.8 29.4 44.2 27.6 44.5C25.8 44.8 24 45 22.2 44.8C20.4 44.6 18.7 44 16.9 43.5C15.1 43 13.3 42.5 11.6 41.7C10 40.8 8.1 39.8 6.9 38.4C5.7 36.9 5.2 34.8 4.7 33C4.1 31.2 3.9 28.8 3.7 27.6C3.4 26.4 3.4 26.1 3.3 25.8Z"
          />
          <path
            d="M9.4 25.4a14.8 14.8 0 0 0 29.2 0"
            fill="none"
            stroke="var(--mark,#fff)"
            stroke-opacity=".5"
            stroke-width="1.2"
          />
          <path
            d="M17.6 25.6V32M31 25.6V25.6"
            fill="none"
            stroke="var(--mark,#fff)"
            stroke-width="2.5"
            stroke-linecap="butt"
          />
          <circle cx="24.6" cy="27.6" r="2.4" fill="var(--mark,#fff)" />
        </g>
      </g>
    </svg>
  );
}
