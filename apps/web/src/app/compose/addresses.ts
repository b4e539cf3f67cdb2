/** Addresses as people type and paste them: `Ann Bee <ann@example.org>, bob@example.org; …`, one a line, from a mail program or a table. */
import { isMobileForm, LIMITS } from "@pli/core/wire";

export interface Person {
  readonly address: string;
  readonly name?: string | undefined;
}

// as the server takes them: no controls, spaces or punctuation of address lists; whatever the script
const ADDRESS =
  /^[^\s@<>"(),:;\\[\]\p{C}\p{Z}]{1,64}@[^\s@<>"(),:;\\[\]\p{C}\p{Z}.]+(\.[^\s@<>"(),:;\\[\]\p{C}\p{Z}.]+)+$/u;

export function isAddress(text: string): boolean {
  return text.length <= LIMITS.addressCharacters && ADDRESS.test(text);
}

/** The same mailbox: domains do not tell capitals, and no provider in use does for the rest. */
export function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export const nameOf = (person: Person): string => person.name || person.address;

/** Cuts a list at commas, semicolons, tabs and lines, but not within quotes or angle brackets. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let piece = "";
  let quoted = false;
  let angled = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === "<") angled = true;
    else if (!quoted && character === ">") angled = false;
    if (/[\r\n]/.test(character) || (!quoted && !angled && /[,;\t]/.test(character))) {
      found.push(piece);
      piece = "";
      quoted = false;
      angled = false;
    } else piece += character;
  }
  found.push(piece);
  return found.map((one) => one.trim()).filter((one) => one !== "");
}

function readOne(piece: string): Person | null {
  const named = /^(.*?)<\s*(?:mailto:)?([^<>]+?)\s*>$/.exec(piece);
  const address = (named?.[2] ?? piece).replace(/^mailto:/i, "").trim();
  if (!isAddress(address)) return readNumber(address);
  const name = (named?.[1] ?? "")
    .trim()
    .replace(/^["']|["']$/g, "")
    .replace(/\\(.)/g, "$1")
    .trim();
  const shown = name.slice(0, LIMITS.nameCharacters);
  return shown === "" || sameAddress(shown, address) ? { address } : { address, name: shown };
}

/** A mobile number in place of an address, with its prefix: `+33 6 12 34 56 78`. */
function readNumber(text: string): Person | null {
  const compact = text.replace(/[\s().-]/g, "").replace(/^00(?=[1-9])/, "+");
  return isMobileForm(compact) ? { address: compact } : null;
}

/** @returns the people found, and what could not be read, as it was typed */
export function parsePeople(text: string): { people: Person[]; rest: string[] } {
  const people: Person[] = [];
  const rest: string[] = [];
  // "Bee, Ann <ann@…>": a comma in a name without quotes belongs to the piece after it
  let before = "";
  for (const piece of pieces(text)) {
    const person = readOne(before ? `${before}, ${piece}` : piece) ?? readOne(piece);
    if (person) {
      if (before && !nameOf(person).includes(before)) rest.push(before);
      people.push(person);
      before = "";
    } else if (piece.includes("@")) {
      // addresses with nothing but spaces between them
      const words = piece.split(/\s+/);
      if (words.length > 1 && words.every(isAddress)) people.push(...words.map((address) => ({ address })));
      else rest.push(piece);
    } else {
      if (before) rest.push(before);
      before = piece;
    }
  }
  if (before) rest.push(before);
  return { people, rest };
}
