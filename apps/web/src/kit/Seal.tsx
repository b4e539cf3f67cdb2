/**
 * The seal, and the mark. The shape alone tells the state: closed, open (two halves), broken (destroyed, its wax cold), stamped.
 * Each state is its own component, so that a page ships only the ones it shows. Always beside a word: hidden from screen readers.
 */
import "./seal.css";

const WAX =
  "M46.1 24C46.1 26.4 44.9 29 43.9 31.2C42.9 33.5 41.8 35.8 40.2 37.6C38.7 39.5 36.8 41.3 34.7 42.5C32.6 43.6 30 44.2 27.6 44.5C25.2 44.8 22.8 44.9 20.4 44.5C18 44.1 15.7 43.4 13.4 42.3C11.2 41.3 8.4 40.2 6.9 38.4C5.4 36.5 4.9 33.6 4.3 31.2C3.7 28.8 3.1 26.4 3.1 24C3.2 21.6 3.6 19.2 4.4 16.9C5.1 14.6 6.1 12.1 7.6 10.3C9.1 8.4 11.3 7 13.5 5.7C15.6 4.5 17.9 3.5 20.3 3C22.7 2.4 25.5 1.8 27.8 2.3C30.2 2.9 32.3 4.7 34.3 6.1C36.3 7.5 38.3 8.9 39.8 10.7C41.4 12.5 42.6 14.6 43.6 16.9C44.6 19.1 46 21.6 46.1 24Z";

interface SealProps {
  /** 20 px, in badges and tables. */
  small?: boolean;
  /** The moment of opening: it breaks once. */
  justBroken?: boolean;
}

function classes(state: string, { small, justBroken }: SealProps): string {
  return `seal seal--${state}${small ? " seal--s" : ""}${justBroken ? " seal--just-broken" : ""}`;
}

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

/** One line folded three times into a P, closed by a dot of seal. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <path
        d="M7 28V5H26V18H15"
        fill="none"
        stroke="currentColor"
        stroke-width="3.4"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
      <circle cx="15" cy="18" r="4.6" fill="var(--dot,#b4232c)" />
    </svg>
  );
}
