/** Contacts, for members who keep them. Each language is a chunk of its own. */
import type { Language } from "../../languages.ts";
import type { contacts } from "./contacts-en.ts";

export type ContactTexts = typeof contacts;

export const loadContacts: Readonly<Record<Language, () => Promise<ContactTexts>>> = {
  fr: async () => (await import("./contacts-fr.ts")).contacts,
  en: async () => (await import("./contacts-en.ts")).contacts,
  nl: async () => (await import("./contacts-nl.ts")).contacts,
  de: async () => (await import("./contacts-de.ts")).contacts,
};
