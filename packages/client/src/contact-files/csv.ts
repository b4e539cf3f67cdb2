/**
 * Contacts in tables of text (RFC 4180 and what Excel, Outlook and Google make of it): comma, semicolon or tab; quotes; columns by their titles in
 * four languages, which a person may mend. Written so that a spreadsheet takes no cell for a formula.
 */
import type { ContactContent } from "@pli/core/wire";
import papa from "papaparse";
import { type RawContact, type ReadContact, readContact } from "./contact-fields.ts";

export const COLUMNS = [
  "ignored",
  "name",
  "firstName",
  "lastName",
  "address",
  "mobile",
  "language",
  "company",
  "note",
] as const;
export type Column = (typeof COLUMNS)[number];

export interface Table {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const ROWS_MAX = 50_000;
/** What Excel and others would run as a formula; a number in E.164 is none. */
const FORMULA = /^(?![+]\d{7,15}$)[=+\-@\t\r]/;

/** @param text decoded; its mark, if any, is passed over */
export function readTable(text: string): Table {
  const plain = text.replace(/^\ufeff/, "");
  // Excel's own hint on the first line.
  const [, hint] = /^sep=(.)\r?\n/.exec(plain) ?? [];
  const { data } = papa.parse<string[]>(hint === undefined ? plain : plain.slice(plain.indexOf("\n") + 1), {
    delimiter: hint ?? "",
    delimitersToGuess: [",", ";", "\t", "|"],
    skipEmptyLines: "greedy",
    preview: ROWS_MAX + 1,
  });
  const [titles = [], ...rows] = data;
  if (guessColumns(titles).some((column) => column !== "ignored")) return { titles, rows };
  // No titles: the first line is somebody.
  const width = Math.max(0, ...data.slice(0, 50).map((row) => row.length));
  return { titles: Array.from({ length: width }, () => ""), rows: data };
}

/** Titles as programs write them in four languages; the first that fits counts, so the narrow stand before the wide. */
const TITLES: readonly (readonly [RegExp, Column])[] = [
  [/\b(type|label|typ|libelle|etiquette)\b/, "ignored"],
  [/phonetic|yomi|suffix|prefix|middle|tussenvoegsel|zweiter|nickname|file as|display as|fax/, "ignored"],
  [/e-?mail|courriel|adresse electronique|mailadres|elektronisch/, "address"],
  [/mobile|mobil|gsm|portable|handy|natel|cell|mobiel|^phone( \d+)?( - value)?$|^sms/, "mobile"],
  [/first ?name|given ?name|prenom|voornaam|vorname/, "firstName"],
  [/last ?name|family ?name|surname|nom de famille|achternaam|familienaam|nachname|familienname/, "lastName"],
  [
    /company|organi[sz]ation( \d+)?( - name| name)?$|organisme|societe|entreprise|bedrijf|organisatie|firma|unternehmen/,
    "company",
  ],
  [/language|langue|taal|sprache/, "language"],
  [/^notes?$|remark|remarque|commentaire|comments?$|opmerking|notitie|notiz|bemerkung|anmerkung/, "note"],
  [
    /^(full |display )?name$|nom complet|nom et prenom|^nom$|^naam$|volledige naam|^vollstandiger name$|anzeigename|^contact$/,
    "name",
  ],
  [/^(address|adresse|adres)( \d+)?$/, "address"],
];

export function guessColumns(titles: readonly string[]): Column[] {
  const keys = titles.map((title) => title.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim());
  const found = keys.map((key) => TITLES.find(([pattern]) => pattern.test(key))?.[1] ?? "ignored");
  // "Nom; Prénom": beside a first name the name is the last one.
  const hasFirst = found.includes("firstName") && !found.includes("lastName");
  return found.map((column, at) =>
    hasFirst && column === "name" && /^(nom|naam|name)$/.test(keys[at] ?? "") ? "lastName" : column,
  );
}

/** Columns of a table without titles, by what stands in them. */
export function guessByContent(table: Table): Column[] {
  const some = table.rows.slice(0, 50);
  return table.titles.map((_, at) => {
    const cells = some.map((row) => (row[at] ?? "").trim()).filter((cell) => cell !== "");
    const share = (pattern: RegExp) => cells.filter((cell) => pattern.test(cell)).length / Math.max(1, cells.length);
    if (share(/^\S+@\S+\.\S+$/) > 0.5) return "address";
    if (share(/^[+0][\d\s()./-]{7,}$/) >= 0.5) return "mobile";
    return at === 0 && share(/\p{L}{2,}/u) > 0.5 ? "name" : "ignored";
  });
}

/** Several people's addresses in one cell are several addresses: some programs join them. */
export function readRows(
  table: Table,
  columns: readonly Column[],
  toMobile?: (text: string) => string | null,
): ReadContact[] {
  const isTitled = table.titles.some((title) => title !== "");
  return table.rows.map((row, index) => {
    const cells = (column: Column) =>
      row
        .filter((cell, at) => columns[at] === column && cell.trim() !== "")
        .map((cell) => cell.replace(/^'(?=[=+\-@\t\r])/, ""));
    const [name] = cells("name");
    const joined = [...cells("firstName").slice(0, 1), ...cells("lastName").slice(0, 1)].join(" ");
    const raw: RawContact = {
      name: name ?? joined,
      addresses: cells("address").flatMap((cell) => cell.split(/\s*(?::::|[;,\s])\s*/)),
      mobile: cells("mobile")[0],
      language: cells("language")[0],
      company: cells("company")[0],
      note: cells("note").join("\n"),
    };
    return readContact(index + (isTitled ? 2 : 1), raw, toMobile);
  });
}

export interface CsvTitles {
  readonly name: string;
  /** Of one address; a second has the same with a number. */
  readonly address: string;
  readonly mobile: string;
  readonly language: string;
  readonly company: string;
  readonly note: string;
}

/** A table with a mark, so that Excel reads UTF-8, and with one column for each address that somebody has. */
export function writeCsv(contacts: readonly ContactContent[], titles: CsvTitles, delimiter: "," | ";" = ","): string {
  const most = Math.max(1, ...contacts.map(({ addresses }) => addresses.length));
  const places = Array.from({ length: most }, (_, at) => at);
  const head = [
    titles.name,
    ...places.map((at) => (at === 0 ? titles.address : `${titles.address} ${at + 1}`)),
    titles.mobile,
    titles.language,
    titles.company,
    titles.note,
  ];
  const rows = contacts.map(({ name, addresses, mobile, language, company, note }) =>
    [name, ...places.map((at) => addresses[at]), mobile, language, company, note].map((cell = "") =>
      FORMULA.test(cell) ? `'${cell}` : cell,
    ),
  );
  return `\ufeff${papa.unparse([head, ...rows], { delimiter, newline: "\r\n" })}\r\n`;
}
