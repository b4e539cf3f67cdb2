/** `pli contacts list | import FILE | export [FILE]` (spec: messages.md M23): tables and cards are read and written here, on this computer. */
import { readFile, writeFile } from "node:fs/promises";
import { allContacts, importContacts, listContacts } from "@pli/client";
import {
  decodeText,
  guessByContent,
  guessColumns,
  internationalNumber,
  joinSame,
  readRows,
  readTable,
  readVcards,
  writeCsv,
  writeVcards,
} from "@pli/client/contact-files";
import type { Contact } from "@pli/core/wire";
import { type Command, type Context, type Input, UsageError } from "../command.ts";
import { asMember } from "../connect.ts";
import { printable } from "../printable.ts";

const FOUND = 200;
/** Titles of a table: a program reads them, so they are the same in every language, and our own import knows them. */
const TITLES = {
  name: "Name",
  address: "E-mail",
  mobile: "Mobile",
  language: "Language",
  company: "Company",
  note: "Note",
};

export const contacts: Command = {
  name: "contacts",
  positionals: { shown: "list|import F|export [F]", least: 1, most: 2 },
  options: ["search", "shared", "dry-run", "json"],
  async run(context, input) {
    const [what, path] = input.positionals;
    if (what === "list" && path === undefined) return await listThem(context, input);
    if (what === "import" && path !== undefined) return await bringIn(context, input, path);
    if (what === "export") return await takeOut(context, input, path);
    throw new UsageError(context.texts.oneOf({ options: "list, import F, export [F]" }));
  },
};

const bookOf = ({ values }: Input) => (values.shared ? ({ book: "shared" } as const) : {});

async function listThem(context: Context, input: Input): Promise<void> {
  const { t } = await asMember(context);
  const { search } = input.values;
  const found: readonly Contact[] =
    search === undefined
      ? await Array.fromAsync(allContacts(t, bookOf(input)))
      : (await listContacts(t, { q: search, limit: FOUND, ...bookOf(input) })).items;
  if (input.values.json) return context.printJson(found);
  for (const { name = "", addresses, mobile = "", language = "", company = "" } of found) {
    context.print([addresses.join(", "), name, company, mobile, language].map(printable).join("  ").trimEnd());
  }
}

async function bringIn(context: Context, { values }: Input, path: string): Promise<void> {
  const { t } = await asMember(context);
  const text = decodeText(await readFile(path));
  const read = /^\s*BEGIN:VCARD/im.test(text) ? readVcards(text, internationalNumber) : readTableOf(text);
  const people = joinSame(read.flatMap(({ content }) => content ?? []));
  const answers = await importContacts(t, people, {
    dryRun: values["dry-run"] ?? false,
    shared: values.shared ?? false,
    signal: context.signal,
  });
  const rows = [
    ...people.map((contact, at) => ({ address: contact.addresses[0], outcome: "refused", ...answers[at] })),
    ...read
      .filter(({ content }) => content === null)
      .map(({ label }) => ({ label, outcome: "refused", field: "addresses" })),
  ];
  const count = (outcome: string) => rows.filter((row) => row.outcome === outcome).length;
  const result = {
    added: count("added"),
    updated: count("updated"),
    unchanged: count("unchanged"),
    refused: count("refused"),
  };
  if (values.json) return context.printJson({ ...result, rows });
  for (const row of rows.filter(({ outcome }) => outcome === "refused")) {
    context.say(`${printable("label" in row ? row.label : (row.address ?? ""))}: ${row.field}`);
  }
  context.say(context.texts.contactsImported(result));
}

function readTableOf(text: string) {
  const table = readTable(text);
  const byTitle = guessColumns(table.titles);
  return readRows(table, byTitle.some((column) => column !== "ignored") ? byTitle : guessByContent(table));
}

async function takeOut(context: Context, input: Input, path: string | undefined): Promise<void> {
  const { t } = await asMember(context);
  const all = await Array.fromAsync(allContacts(t, bookOf(input)));
  if (input.values.json && path === undefined) return context.printJson(all);
  const text = path?.toLowerCase().endsWith(".vcf") ? writeVcards(all) : writeCsv(all, TITLES);
  if (path === undefined) {
    // A terminal's lines, and a shell's: RFC 4180's line end would be taken for what steers a terminal.
    return context.print(text.replaceAll("\r\n", "\n").trimEnd());
  }
  await writeFile(path, text, { mode: 0o600 });
  if (input.values.json) context.printJson({ contacts: all.length });
}
