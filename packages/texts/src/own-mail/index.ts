/** The words of a mail that the member sends by their own mail program (M8): the recipient's language, plain text. Never subject or text of the message. */
import type { Language } from "../languages.ts";
import type { OwnMailFacts, OwnMailWords } from "./mail-en.ts";

export type { OwnMailFacts, OwnMailWords } from "./mail-en.ts";

export const loadOwnMail: Readonly<Record<Language, () => Promise<(facts: OwnMailFacts) => OwnMailWords>>> = {
  fr: async () => (await import("./mail-fr.ts")).ownMail,
  en: async () => (await import("./mail-en.ts")).ownMail,
  nl: async () => (await import("./mail-nl.ts")).ownMail,
  de: async () => (await import("./mail-de.ts")).ownMail,
};
