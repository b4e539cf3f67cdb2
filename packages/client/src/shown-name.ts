/**
 * File names come from strangers. What is shown has no character that turns the line around, and none that pushes the ending out of sight.
 */

/**
 * Controls, separators of lines, and whatever is drawn as nothing or in the place of something else: marks and overrides of writing direction,
 * fillers, tags, annotations. The joiners of some scripts and of emoji stay.
 */
const UNSEEN = /(?!\u200c|\u200d|[\ufe00-\ufe0f])[\p{Cc}\p{Zl}\p{Zp}\p{DI}\ufff9-\ufffc]/gu;
/** Spaces of any kind, and braille's empty cell: thirty of them push an ending out of sight. */
const BLANK = /[\s\u2800]+/gu;

/** Without what nobody sees. */
export function seenName(name: string): string {
  return name.replace(UNSEEN, "").replace(BLANK, " ");
}

/** As people may read it. */
export function shownName(name: string): string {
  return seenName(name).trim() || "?";
}
