/** Files of contacts (spec: messages.md M23): tables and cards, read on the device and written there. Nothing here knows the network. */
export { internationalNumber, joinSame, languageOf, type ReadContact } from "./contact-fields.ts";
export {
  COLUMNS,
  type Column,
  type CsvTitles,
  guessByContent,
  guessColumns,
  readRows,
  readTable,
  type Table,
  writeCsv,
} from "./csv.ts";
export { decodeText } from "./decode-text.ts";
export { readVcards, writeVcards } from "./vcard.ts";
