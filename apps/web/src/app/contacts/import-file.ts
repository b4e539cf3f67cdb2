/** A file of contacts on its way in: read on this device, its people who stand twice joined, and what the server says of each row. */
import {
  type Column,
  decodeText,
  guessByContent,
  guessColumns,
  joinSame,
  type ReadContact,
  readRows,
  readTable,
  readVcards,
  type Table,
} from "@pli/client/contact-files";
import { parseMobile } from "@pli/client/numbers";
import type { ContactContent, ContactImportAnswer, ImportOutcome } from "@pli/core/wire";

export interface ImportFile {
  readonly name: string;
  readonly text: string;
  /** Null for cards. */
  readonly table: Table | null;
  /** As guessed. */
  readonly columns: readonly Column[];
}
export interface ReadFile {
  readonly all: readonly ReadContact[];
  /** What goes to the server. */
  readonly contacts: readonly ContactContent[];
  readonly hasNumbers: boolean;
}
export interface Judged {
  readonly place: number;
  readonly label: string;
  readonly outcome: ImportOutcome;
  readonly reason?: string | undefined;
  readonly dropped: ReadContact["dropped"];
}
/** In the order in which they are told. */
export const OUTCOMES: readonly ImportOutcome[] = ["refused", "added", "updated", "unchanged"];

export async function openFile(file: File): Promise<ImportFile> {
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  if (/^\s*BEGIN:VCARD/im.test(text)) return { name: file.name, text, table: null, columns: [] };
  const table = readTable(text);
  const byTitle = guessColumns(table.titles);
  // titles say more than what is below them, but without an address nobody could be taken
  const byContent = guessByContent(table);
  const withAddress = byTitle.map((column, at) => (byContent[at] === "address" ? "address" : column));
  const isUntitled = byTitle.every((column) => column === "ignored");
  const columns = byTitle.includes("address") ? byTitle : isUntitled ? byContent : withAddress;
  return { name: file.name, text, table, columns };
}

/** @param country whose numbers have no prefix; empty: such numbers are left out */
export function readFile(file: ImportFile, columns: readonly Column[], country: string): ReadFile {
  const toMobile = (text: string) =>
    parseMobile(text.replace(/^tel:/i, ""), country === "" ? undefined : country)?.number ?? null;
  const all = file.table ? readRows(file.table, columns, toMobile) : readVcards(file.text, toMobile);
  return {
    all,
    contacts: joinSame(all.flatMap(({ content }) => content ?? [])),
    hasNumbers: all.some(({ content, dropped }) => content?.mobile || dropped.some(({ field }) => field === "mobile")),
  };
}

/** What will become of each person of the file. */
export function judge(read: ReadFile, rows: ContactImportAnswer["rows"]): Judged[] {
  const readOf = new Map(
    read.all.flatMap((one) => one.content?.addresses.map((address) => [address.toLowerCase(), one]) ?? []),
  );
  const sent = read.contacts.map((contact, at): Judged => {
    const from = readOf.get(contact.addresses[0]?.toLowerCase() ?? "");
    const row = rows[at];
    return {
      place: from?.place ?? at + 1,
      label: contact.name ?? contact.addresses[0] ?? "",
      outcome: row?.outcome ?? "refused",
      reason: row?.field,
      dropped: from?.dropped ?? [],
    };
  });
  const unreadable = read.all
    .filter(({ content }) => content === null)
    .map(({ place, label, dropped }): Judged => ({ place, label, outcome: "refused", reason: "no_address", dropped }));
  return [...sent, ...unreadable];
}
