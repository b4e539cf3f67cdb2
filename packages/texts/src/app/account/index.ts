/** Which mails come, and the figures: at the end of the settings, loaded with them. Each language is a chunk of its own. */
import type { Language } from "../../languages.ts";
import type { account } from "./account-en.ts";

export type AccountTexts = typeof account;

export const loadAccount: Readonly<Record<Language, () => Promise<AccountTexts>>> = {
  fr: async () => (await import("./account-fr.ts")).account,
  en: async () => (await import("./account-en.ts")).account,
  nl: async () => (await import("./account-nl.ts")).account,
  de: async () => (await import("./account-de.ts")).account,
};
