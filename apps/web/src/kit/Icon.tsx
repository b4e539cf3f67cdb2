/** An icon drawn in the current colour. It never says anything alone: a word stands beside it, or its button has a name. */

/** @param of a drawing of icons.ts @param small 16 px instead of 20 */
export function Icon({ of, small }: { of: string; small?: boolean }) {
  return (
    <svg class={small ? "icon icon--s" : "icon"} viewBox="0 0 20 20" aria-hidden="true">
      <path d={of} />
    </svg>
  );
}
