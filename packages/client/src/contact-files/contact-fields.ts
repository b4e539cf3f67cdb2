/** From texts of a file to a contact that the server takes: cut to length, cleaned of what controls, checked. Pure. */
import { type ContactContent, LANGUAGES, type Language, LIMITS } from "@pli/core/wire";

/** What a file says of somebody, as it says it. */
export interface RawContact {
  readonly name?: string | undefined;
  readonly addresses: readonly string[];
  readonly mobile?: string | undefined;
  readonly language?: string | undefined;
  readonly company?: string | undefined;
  readonly note?: string | undefined;
}
export interface ReadContact {
  /** Where it stands: the line of a table, the card's place in a file of cards; from 1. */
  readonly place: number;
  /** To tell people which one: name, or whatever there is. */
  readonly label: string;
  /** Null: without an address nothing can be sent to it. */
  readonly content: ContactContent | null;
  /** What was left out: addresses that are none, a number that is no mobile number. */
  readonly dropped: readonly { readonly field: "address" | "mobile"; readonly text: string }[];
}

const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]+/gu;
const ADDRESS =
  /^[^\s@<>"(),:;\\[\]\p{C}\p{Z}]{1,64}@[^\s@<>"(),:;\\[\]\p{C}\p{Z}.]+(\.[^\s@<>"(),:;\\[\]\p{C}\p{Z}.]+)+$/u;

/** Whole characters: never half of a pair. */
function cut(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const cutText = text.slice(0, characters);
  return /[\ud800-\udbff]$/.test(cutText) ? cutText.slice(0, -1) : cutText;
}

function line(text: string | undefined, characters: number): string | undefined {
  const clean = cut((text ?? "").replace(CONTROLS, " ").replace(/ {2,}/g, " ").trim(), characters).trim();
  return clean === "" ? undefined : clean;
}

function noteOf(text: string | undefined): string | undefined {
  const lines = (text ?? "").replace(/\r\n?/g, "\n").split("\n");
  const clean = cut(
    lines
      .map((one) => one.replace(CONTROLS, " ").trimEnd())
      .join("\n")
      .trim(),
    LIMITS.noteCharacters,
  );
  return clean.trim() === "" ? undefined : clean.trim();
}

/** `fr-BE`, `Français`, `nl` → a language of Pli. */
export function languageOf(text: string | undefined): Language | undefined {
  const key = (text ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const tag = key.split(/[-_]/)[0];
  return LANGUAGES.find((one) => one === tag) ?? LANGUAGE_WORDS.find(([words]) => words.test(key))?.[1];
}
const LANGUAGE_WORDS: readonly (readonly [RegExp, Language])[] = [
  [/^(francais|french|frans|franzosisch)\b/, "fr"],
  [/^(anglais|english|engels|englisch)\b/, "en"],
  [/^(neerlandais|flamand|dutch|nederlands|niederlandisch)\b/, "nl"],
  [/^(allemand|german|duits|deutsch)\b/, "de"],
];

/** `+32 470 12 34 56`, `0032…` → E.164; national numbers only where `toMobile` of `readContact` knows the country. */
export function internationalNumber(text: string): string | null {
  const digits = text
    .replace(/^\s*tel:/i, "")
    .replace(/\(0\)/g, "")
    .replace(/[\s()./\u00a0\u202f-]+/g, "");
  const number = digits.startsWith("00") ? `+${digits.slice(2)}` : digits;
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : null;
}

/** @param toMobile makes E.164 of a number as people write it, or null */
export function readContact(
  place: number,
  raw: RawContact,
  toMobile: (text: string) => string | null = internationalNumber,
): ReadContact {
  const dropped: ReadContact["dropped"][number][] = [];
  const addresses = new Map<string, string>();
  for (const text of raw.addresses) {
    const address = text.replace(/^\s*mailto:/i, "").trim();
    if (address === "") continue;
    const fits = address.length <= LIMITS.addressCharacters && ADDRESS.test(address);
    if (!fits || addresses.size >= LIMITS.addressesPerContact)
      dropped.push({ field: "address", text: cut(address, 80) });
    else if (!addresses.has(address.toLowerCase())) addresses.set(address.toLowerCase(), address);
  }
  const [first = ""] = addresses.values();
  const name = line(raw.name, LIMITS.nameCharacters);
  const typed = (raw.mobile ?? "").trim();
  const mobile = typed === "" ? null : toMobile(typed);
  if (typed !== "" && mobile === null) dropped.push({ field: "mobile", text: cut(typed, 80) });
  const company = line(raw.company, LIMITS.companyCharacters);
  const language = languageOf(raw.language);
  const note = noteOf(raw.note);
  const content: ContactContent = {
    ...(name !== undefined && name.toLowerCase() !== first.toLowerCase() && { name }),
    addresses: [...addresses.values()],
    ...(mobile !== null && { mobile }),
    ...(language !== undefined && { language }),
    ...(company !== undefined && { company }),
    ...(note !== undefined && { note }),
  };
  const label = name ?? (first || (company ?? cut(dropped[0]?.text ?? "", 80)));
  return { place, label, content: addresses.size === 0 ? null : content, dropped };
}

/** People who stand twice in a file, by a common address, become one: the later says what the earlier does not. */
export function joinSame(contacts: readonly ContactContent[]): ContactContent[] {
  const byAddress = new Map<string, number>();
  const found: ContactContent[] = [];
  for (const contact of contacts) {
    const at = contact.addresses.map((one) => byAddress.get(one.toLowerCase())).find((one) => one !== undefined);
    const before = at === undefined ? undefined : found[at];
    const place = at ?? found.length;
    const keys = new Set(before?.addresses.map((one) => one.toLowerCase()));
    const addresses = [
      ...(before?.addresses ?? []),
      ...contact.addresses.filter((one) => !keys.has(one.toLowerCase())),
    ].slice(0, LIMITS.addressesPerContact);
    found[place] = { ...contact, ...before, addresses };
    for (const one of addresses) if (!byAddress.has(one.toLowerCase())) byAddress.set(one.toLowerCase(), place);
  }
  return found;
}
