/** The receipt of a reply: where it is kept, and the page that reads it. Each language is a chunk of its own. */
import type { Language } from "../languages.ts";
import type { Receipt } from "./en.ts";

export type { Receipt } from "./en.ts";

export const loadReceipt: Readonly<Record<Language, () => Promise<Receipt>>> = {
  fr: async () => (await import("./fr.ts")).receipt,
  en: async () => (await import("./en.ts")).receipt,
  nl: async () => (await import("./nl.ts")).receipt,
  de: async () => (await import("./de.ts")).receipt,
};
