/** A bar of progress, and a ring for short waits. */
import "./progress.css";

/** @param share 0 to 1 @param label what is going on, spoken */
export function Progress({
  share,
  label,
  paused,
  class: more,
}: {
  share: number;
  label: string;
  paused?: boolean;
  class?: string;
}) {
  const percent = Math.min(100, Math.max(0, Math.floor(share * 100)));
  return (
    <progress
      class={`progress${paused ? " progress--paused" : ""}${more ? ` ${more}` : ""}`}
      value={percent}
      max={100}
      aria-label={label}
    >
      {percent} %
    </progress>
  );
}

const ROUND = 2 * Math.PI * 21;

/** A ring, with a figure in it. @param share 0 to 1 */
export function Ring({ share, text }: { share: number; text?: string }) {
  return (
    <svg class="ring" viewBox="0 0 48 48" aria-hidden="true">
      <circle class="track" cx="24" cy="24" r="21" />
      <circle
        class="value"
        cx="24"
        cy="24"
        r="21"
        transform="rotate(-90 24 24)"
        stroke-dasharray={`${ROUND * Math.min(1, Math.max(0, share))} ${ROUND}`}
      />
      {text && (
        <text x="24" y="28.5">
          {text}
        </text>
      )}
    </svg>
  );
}
