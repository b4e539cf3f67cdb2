/** The seal gone cold and to pieces: destroyed. Always beside a word: hidden from screen readers. */
import { classes, type SealProps } from "./seal.ts";

export function SealBroken(props: SealProps) {
  return (
    <svg class={classes("broken", props)} viewBox="0 0 48 48" aria-hidden="true">
      <g transform="translate(24 24) scale(.93) translate(-24.3 -24)">
        <g transform="translate(2.6 1) rotate(7 24 24)">
          <path
            fill="currentColor"
            d="M27.8 2.3C28.7 2.8 31.3 4 32.9 5C34.4 6 35.9 7 37.2 8.2C38.6 9.4 39.9 10.7 40.9 12.1C42 13.6 42.8 15.2 43.6 16.9C44.4 18.5 45.4 20.3 45.8 22.1C46.1 23.9 46 26 45.5 27.8C45.1 29.6 43.8 31.2 43 32.8C42.1 34.5 41.3 36.2 40.2 37.6C39.1 39.1 37.9 40.6 36.3 41.6C34.8 42.6 32.9 43.1 31.2 43.7C29.4 44.2 27 44.6 25.8 44.8C24.6 45 24.3 44.9 24 44.9L27 33.5L20.5 26L28.2 18.5L22.5 11Z"
          />
        </g>
        <g transform="translate(-2.6 0) rotate(-6 24 24)">
          <path
            fill="currentColor"
            d="M22.2 44.8C21.3 44.6 18.7 44 16.9 43.5C15.1 43 13.3 42.5 11.6 41.7C10 40.8 8.1 39.8 6.9 38.4C5.7 36.9 5.2 34.8 4.7 33C4.1 31.2 3.9 29.4 3.7 27.6C3.4 25.8 3 24 3.1 22.2C3.3 20.4 3.8 18.6 4.4 16.9C5 15.1 5.7 13.4 6.6 11.8C7.6 10.3 8.8 8.7 10.2 7.6C11.6 6.4 13.5 5.8 15.2 5C16.8 4.3 18.5 3.5 20.3 3C22.1 2.5 25 2.1 25.9 2L22.5 11L28.2 18.5L20.5 26L27 33.5Z"
          />
        </g>
      </g>
    </svg>
  );
}
