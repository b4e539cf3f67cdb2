/**
 * What strangers and servers write, made harmless on a terminal: no escape, no control character, nothing that turns a line around. Must
 * stand between every text and the terminal; JSON keeps its exact value by escapes.
 */

const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** A name, an address, a subject: one line. */
export function printable(text: string): string {
  return text.replace(UNSAFE, "\ufffd");
}

/** A whole output, whose lines and columns stay. */
export function printableLines(text: string): string {
  return text.replace(UNSAFE, (character) => (character === "\n" || character === "\t" ? character : "\ufffd"));
}

/** JSON of the same value: what `JSON.stringify` leaves as it is becomes an escape. */
export function printableJson(value: unknown): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(UNSAFE, escaped);
}
