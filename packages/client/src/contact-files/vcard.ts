/**
 * Contacts as cards: reads vCard 4 (RFC 6350), 3 (RFC 2426) and what phones still write as 2.1 (quoted-printable, character sets); writes 4. Unknown
 * properties are passed over; a card that is cut off counts with what it has. Never throws on content.
 */
import type { ContactContent } from "@pli/core/wire";
import { type RawContact, type ReadContact, readContact } from "./contact-fields.ts";

interface Property {
  readonly name: string;
  /** In small letters; several values of one are joined by commas. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

export function readVcards(text: string, toMobile?: (text: string) => string | null): ReadContact[] {
  const cards: Property[][] = [];
  let card: Property[] | null = null;
  for (const line of unfolded(text)) {
    const property = readProperty(line);
    if (property === null) continue;
    const { name, value } = property;
    if (name === "begin" && /^vcard$/i.test(value.trim())) {
      card = [];
      cards.push(card);
    } else if (name === "end") card = null;
    else card?.push(property);
  }
  return cards.map((one, index) => readContact(index + 1, rawOf(one), toMobile));
}

/** Lines as they were before folding: a line that begins with a space goes on, and so does one of quoted-printable that ends in `=`. */
function unfolded(text: string): string[] {
  const lines: string[] = [];
  let isSoft = false;
  for (const line of text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/)) {
    const before = lines.at(-1);
    if (before !== undefined && isSoft) lines[lines.length - 1] = before.slice(0, -1) + line;
    else if (before !== undefined && /^[ \t]/.test(line)) lines[lines.length - 1] = before + line.slice(1);
    else lines.push(line);
    const last = lines.at(-1) ?? "";
    isSoft = last.endsWith("=") && /^[^:]*quoted-printable/i.test(last);
  }
  return lines;
}

function readProperty(line: string): Property | null {
  const [head, value] = splitAtColon(line);
  if (value === undefined) return null;
  const [full = "", ...rest] = splitOutsideQuotes(head, ";");
  const parameters = new Map<string, string>();
  for (const piece of rest) {
    const at = piece.indexOf("=");
    // Of 2.1: the bare word CELL is TYPE=CELL, QUOTED-PRINTABLE an encoding.
    const bare = /^(quoted-printable|base64|8bit)$/i.test(piece) ? "encoding" : "type";
    const key = (at < 0 ? bare : piece.slice(0, at)).toLowerCase();
    const text = (at < 0 ? piece : piece.slice(at + 1)).replaceAll('"', "").toLowerCase();
    parameters.set(key, [parameters.get(key), text].filter((one) => one !== undefined).join(","));
  }
  // `item1.EMAIL`: the group says nothing to us.
  const name = full.slice(full.lastIndexOf(".") + 1).toLowerCase();
  const isQuoted = parameters.get("encoding")?.includes("quoted-printable") === true;
  return { name, parameters, value: isQuoted ? fromQuotedPrintable(value, parameters.get("charset")) : value };
}

function splitAtColon(line: string): [string, string | undefined] {
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '"') isQuoted = !isQuoted;
    else if (line[at] === ":" && !isQuoted) return [line.slice(0, at), line.slice(at + 1)];
  }
  return [line, undefined];
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  return text.match(new RegExp(`(?:"[^"]*"|[^"${separator}])+`, "g")) ?? [];
}

function fromQuotedPrintable(text: string, charset = "utf-8"): string {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const [, hex] = /^=([0-9A-Fa-f]{2})/.exec(text.slice(at, at + 3)) ?? [];
    if (hex !== undefined) {
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else bytes.push(...new TextEncoder().encode(String.fromCodePoint(text.codePointAt(at) ?? 0)));
    if ((text.codePointAt(at) ?? 0) > 0xffff) at++;
  }
  try {
    return new TextDecoder(charset).decode(new Uint8Array(bytes));
  } catch {
    return new TextDecoder("windows-1252").decode(new Uint8Array(bytes));
  }
}

/** Cuts at separators that are not escaped, and takes the escapes away. */
function values(text: string, separator: "," | ";" | null): string[] {
  const found = [""];
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    const next = text[at + 1];
    if (character === "\\" && next !== undefined) {
      found[found.length - 1] += next === "n" || next === "N" ? "\n" : next;
      at++;
    } else if (character === separator) found.push("");
    else found[found.length - 1] += character;
  }
  return found;
}

const whole = (property: Property | undefined) =>
  property === undefined ? undefined : values(property.value, null)[0];

function rawOf(card: readonly Property[]): RawContact {
  const all = (name: string) => card.filter((one) => one.name === name).toSorted((a, b) => rank(a) - rank(b));
  const [family = "", given = ""] = values(all("n")[0]?.value ?? "", ";");
  const telephones = all("tel");
  const isMobile = ({ parameters }: Property) => /\b(cell|mobile|iphone)\b/.test(parameters.get("type") ?? "");
  const [company = ""] = values(all("org")[0]?.value ?? "", ";");
  return {
    name: whole(all("fn")[0]) || `${given} ${family}`,
    addresses: all("email").map((one) => whole(one) ?? ""),
    mobile: whole(telephones.find(isMobile)),
    language: all("lang")[0]?.value ?? all("language")[0]?.value,
    company,
    note: whole(all("note")[0]),
  };
}

/** The preferred first: `PREF=1` of version 4, `TYPE=pref` of those before. */
function rank({ parameters }: Property): number {
  if (/\bpref\b/.test(parameters.get("type") ?? "")) return 0;
  const preference = Number(parameters.get("pref") ?? 101);
  return Number.isNaN(preference) ? 101 : preference;
}

const escaped = (text: string) => text.replace(/[\\,;]/g, "\\$&").replaceAll("\n", "\\n");
const FOLD_BYTES = 75;

/** At most 75 bytes a line, never within a character (RFC 6350 3.2). */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let text = "";
  let room = FOLD_BYTES;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (size > room) {
      text += "\r\n ";
      room = FOLD_BYTES - 1;
    }
    text += character;
    room -= size;
  }
  return text;
}

export function writeVcards(contacts: readonly ContactContent[]): string {
  return contacts
    .map(({ name, addresses, mobile, language, company, note }) => {
      const lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        // FN must be there; whoever has no name is called by the address.
        `FN:${escaped(name ?? addresses[0] ?? "")}`,
        ...addresses.map((address, at) => `EMAIL${at === 0 ? ";PREF=1" : ""}:${escaped(address)}`),
        ...(mobile === undefined ? [] : [`TEL;TYPE=cell;VALUE=uri:tel:${mobile}`]),
        ...(language === undefined ? [] : [`LANG:${language}`]),
        ...(company === undefined ? [] : [`ORG:${escaped(company)}`]),
        ...(note === undefined ? [] : [`NOTE:${escaped(note)}`]),
        "END:VCARD",
      ];
      return `${lines.map(folded).join("\r\n")}\r\n`;
    })
    .join("");
}
