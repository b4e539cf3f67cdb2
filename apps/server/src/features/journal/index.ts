/** What other features may use of the journal. */
export { appendJournal, type JournalEntry } from "./append.ts";
export type { JournalFacts } from "./journal.table.ts";
export { readRegister } from "./read-register.ts";
