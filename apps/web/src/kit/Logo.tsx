/** The mark of Pli; works at 16 px and in one colour. */
import "./seal.css";

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
