/**
 * The alphabet of SMS (3GPP TS 23.038, GSM 7 bit default alphabet and its extension). One letter outside of it turns the whole SMS into UCS-2,
 * of which 70 characters fit instead of 160: so what has a plain form there is written by it. Never changes digits or what a link is made of.
 */
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENDED = "\f^{}\\[~]|€";
const PLAIN: Readonly<Record<string, string>> = {
  "\u2018": "'",
  "\u2019": "'",
  "\u201a": "'",
  "\u201c": '"',
  "\u201d": '"',
  "\u201e": '"',
  "«": '"',
  "»": '"',
  "\u00a0": " ",
  "\u202f": " ",
  "\u2009": " ",
  "–": "-",
  "—": "-",
  "\u2011": "-",
  "…": "...",
  "•": "*",
  œ: "oe",
  Œ: "OE",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  þ: "th",
  ð: "d",
};
const known = new Set([...BASIC, ...EXTENDED]);

export function isGsm7(text: string): boolean {
  return [...text].every((character) => known.has(character));
}

/** The text in the GSM alphabet where all of it has a form there; as it is where it has not: a name in another script stays itself. */
export function foldToGsm7(text: string): string {
  const folded = [...text.normalize("NFC")].map(foldOne).join("");
  return isGsm7(folded) ? folded : text;
}

function foldOne(character: string): string {
  if (known.has(character)) return character;
  return PLAIN[character] ?? character.normalize("NFD").replace(/\p{M}+/gu, "");
}

/** How many SMS a text is paid as: 160 septets, or 153 each of several; 70 and 67 characters in UCS-2. */
export function countSms(text: string): number {
  const size = isGsm7(text)
    ? [...text].reduce((sum, character) => sum + (EXTENDED.includes(character) ? 2 : 1), 0)
    : text.length;
  const [one, each] = isGsm7(text) ? [160, 153] : [70, 67];
  return size <= one ? 1 : Math.ceil(size / each);
}
