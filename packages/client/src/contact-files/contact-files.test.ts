/** Files of contacts as programs and phones write them, and whatever else somebody picks (M23). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ContactContent, LANGUAGES } from "@pli/core/wire";
import fc from "fast-check";
import {
  decodeText,
  guessByContent,
  guessColumns,
  joinSame,
  readRows,
  readTable,
  readVcards,
  writeCsv,
  writeVcards,
} from "./index.ts";

const TITLES = {
  name: "Nom",
  address: "Adresse",
  mobile: "Mobile",
  language: "Langue",
  company: "Organisme",
  note: "Note",
};

function readCsv(file: string | Uint8Array) {
  const table = readTable(typeof file === "string" ? file : decodeText(file));
  const byTitle = guessColumns(table.titles);
  const columns = byTitle.some((column) => column !== "ignored") ? byTitle : guessByContent(table);
  return readRows(table, columns);
}
const contents = (read: ReturnType<typeof readCsv>) => read.map(({ content }) => content);

const ELISE: ContactContent = {
  name: "Élise Dubois",
  addresses: ["elise@courriel.example"],
  mobile: "+32470123456",
  language: "fr",
  company: "Notaires Dubois, Prats",
};
const FILES: Readonly<Record<string, string>> = {
  "commas and quotes": `Name,E-mail,Mobile phone,Language,Company\r\nÉlise Dubois,elise@courriel.example,+32 470 12 34 56,fr-BE,"Notaires Dubois, Prats"\r\n`,
  "semicolons, as French Excel": `Nom;Prénom;Courriel;GSM;Langue;Société\nDubois;Élise;elise@courriel.example;0032 470/12.34.56;Français;"Notaires Dubois, Prats"\n`,
  "tabs, in Dutch": `Achternaam\tVoornaam\tE-mailadres\tMobiel\tTaal\tBedrijf\nDubois\tÉlise\telise@courriel.example\t+32 (0)470 12 34 56\tFrans\tNotaires Dubois, Prats\n`,
  "in German, with Excel's hint": `sep=;\r\nVorname;Nachname;E-Mail-Adresse;Handy;Sprache;Firma\r\nÉlise;Dubois;elise@courriel.example;+32470123456;Französisch;"Notaires Dubois, Prats"\r\n`,
  "as Google exports": `First Name,Last Name,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Organization Name,Language\nÉlise,Dubois,* Work,elise@courriel.example,Mobile,+32470123456,"Notaires Dubois, Prats",fr\n`,
};
for (const [name, file] of Object.entries(FILES)) {
  test(`M23: a table with ${name} is understood`, () => assert.deepEqual(contents(readCsv(file)), [ELISE]));
}

test("M23: Excel's Western table, UTF-16 and marks are read as they were written", () => {
  const text = FILES["semicolons, as French Excel"] ?? "";
  const western = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const wide = new Uint8Array([0xff, 0xfe, ...Buffer.from(text, "utf16le")]);
  for (const bytes of [western, wide, new TextEncoder().encode(`\ufeff${text}`)]) {
    assert.deepEqual(contents(readCsv(bytes)), [ELISE]);
  }
});

test("M23: a table without titles is read by what stands in it; bad rows say why, bad numbers are left out", () => {
  const read = readCsv("Ann Bee,ann@x.example,+33612345678\nBob,bob at x,\nCarl,carl@x.example,call me\n");
  assert.deepEqual(
    read.map(({ place, label, content, dropped }) => [place, label, content?.addresses, dropped]),
    [
      [1, "Ann Bee", ["ann@x.example"], []],
      [2, "Bob", undefined, ["bob", "at", "x"].map((text) => ({ field: "address", text }))],
      [3, "Carl", ["carl@x.example"], [{ field: "mobile", text: "call me" }]],
    ],
  );
});

test("M23: cards of version 4, 3 and 2.1 are understood: groups, folding, preference, quoted-printable", () => {
  const cards = [
    `BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Élise Dubois\r\nitem1.EMAIL;TYPE=work:second@courriel.example\r\nEMAIL;PREF=1:elise@courri\r\n el.example\r\nTEL;VALUE=uri;TYPE="voice,cell":tel:+32-470-123456\r\nTEL;TYPE=home:+3222222222\r\nLANG;PREF=1:fr-BE\r\nORG:Notaires Dubois\\, Prats;Service\r\nX-ODD:1\r\nEND:VCARD\r\n`,
    `BEGIN:VCARD\nVERSION:3.0\nN:Dubois;Élise;;;\nFN:Élise Dubois\nEMAIL;TYPE=INTERNET,HOME:second@courriel.example\nEMAIL;TYPE=INTERNET;TYPE=PREF:elise@courriel.example\nTEL;TYPE=CELL:+32 470 12 34 56\nLANG:fr\nORG:Notaires Dubois\\, Prats\nEND:VCARD\n`,
    `BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Dubois;=C3=89lise;;;\r\nEMAIL;PREF:elise@courriel.example\r\nEMAIL;HOME:second@courriel.example\r\nTEL;CELL:0032470123456\r\nLANGUAGE:fr\r\nORG;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Notaires Dub=\r\nois=2C Prats\r\nEND:VCARD\r\n`,
  ];
  const expected = { ...ELISE, addresses: ["elise@courriel.example", "second@courriel.example"] };
  for (const card of cards) assert.deepEqual(contents(readVcards(card)), [expected]);
  assert.equal(readVcards(cards.join("")).length, 3);
  assert.deepEqual(joinSame([ELISE, { addresses: ["Second@courriel.example", "elise@courriel.example"], note: "n" }]), [
    { ...ELISE, addresses: ["elise@courriel.example", "Second@courriel.example"], note: "n" },
  ]);
});

const text = (maxLength: number) =>
  fc
    .string({ unit: "grapheme", maxLength })
    .map((one) =>
      one
        .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Cf}]/gu, "")
        .replace(/\s+/gu, " ")
        .trim(),
    )
    .filter((one) => one !== "" && one.length <= maxLength && !/^'[=+\-@]/.test(one));
const word = fc.stringMatching(/^[a-z0-9][a-z0-9.+_-]{0,10}$/).filter((one) => !one.endsWith("."));
const address = fc
  .tuple(word, fc.stringMatching(/^[a-z]{1,8}$/))
  .map(([local, domain]) => `${local}@${domain}.example`);
const contact = fc
  .record(
    {
      name: text(30),
      addresses: fc.uniqueArray(address, { minLength: 1, maxLength: 4 }),
      mobile: fc.stringMatching(/^\+[1-9][0-9]{6,14}$/),
      language: fc.constantFrom(...LANGUAGES),
      company: text(30),
      note: fc.array(text(20), { minLength: 1, maxLength: 3 }).map((lines) => lines.join("\n")),
    },
    { requiredKeys: ["addresses"] },
  )
  .filter(({ name, addresses }) => name?.toLowerCase() !== addresses[0]) as fc.Arbitrary<ContactContent>;

test("M23: what is exported comes back as it was, as a table and as cards", () => {
  fc.assert(
    fc.property(
      fc.array(contact, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(",", ";") as fc.Arbitrary<",">,
      (all, delimiter) => {
        const csv = writeCsv(all, TITLES, delimiter);
        assert.deepEqual(contents(readCsv(csv)), all.map(ordered));
        assert.deepEqual(contents(readVcards(writeVcards(all))), all.map(ordered));
      },
    ),
    { numRuns: 300 },
  );
});

/** Members as a contact that was read has them. */
function ordered({ name, addresses, mobile, language, company, note }: ContactContent): ContactContent {
  return JSON.parse(JSON.stringify({ name, addresses, mobile, language, company, note })) as ContactContent;
}

test("M23: no cell of an export is a formula", () => {
  const file = writeCsv([{ name: "=HYPERLINK(1)", addresses: ["a@x.example"], company: "@SUM", note: "-1+2" }], TITLES);
  assert.doesNotMatch(file, /(^|[,\n"])[=@-]/);
  assert.deepEqual(contents(readCsv(file))[0]?.name, "=HYPERLINK(1)");
  for (const begins of ["=", "+", "-", "@", "\t", "\r"]) {
    const cell = `${begins}1+1`;
    assert.ok(writeCsv([{ name: "A", addresses: ["a@x.example"], company: cell }], TITLES).includes(`'${cell}`), cell);
  }
});

test("M23: whatever file somebody picks, reading it ends and throws nothing", () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .array(
        fc.constantFrom(
          "BEGIN:VCARD\n",
          "FN:x\n",
          "EMAIL:",
          "a@b.example",
          "=",
          "\n",
          " ",
          '"',
          ";",
          ",",
          "ENCODING=QUOTED-PRINTABLE",
          ":",
          "\\",
          "END:VCARD",
        ),
        { maxLength: 40 },
      )
      .map((pieces) => new TextEncoder().encode(pieces.join(""))),
  );
  fc.assert(
    fc.property(noise, (bytes) => {
      for (const { content } of [...readCsv(bytes), ...readVcards(decodeText(bytes))]) {
        for (const one of content?.addresses ?? []) assert.match(one, /^[^\s@]+@[^\s@]+$/);
      }
    }),
    { numRuns: 500 },
  );
});
