/** Passkeys and second factors: loaded when they are met, apart from the members' other words. Each language is a chunk of its own. */
import type { Language } from "../../languages.ts";
import type { security } from "./security-en.ts";

export type SecurityTexts = typeof security;

export const loadSecurity: Readonly<Record<Language, () => Promise<SecurityTexts>>> = {
  fr: async () => (await import("./security-fr.ts")).security,
  en: async () => (await import("./security-en.ts")).security,
  nl: async () => (await import("./security-nl.ts")).security,
  de: async () => (await import("./security-de.ts")).security,
};
