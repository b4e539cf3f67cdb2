/** The members' pages: the shape of their texts, and how each language is loaded as a chunk of its own. */
import type { Language } from "../languages.ts";
import type { app } from "./en.ts";

export type AppTexts = typeof app;

export const loadApp: Readonly<Record<Language, () => Promise<AppTexts>>> = {
  fr: async () => (await import("./fr.ts")).app,
  en: async () => (await import("./en.ts")).app,
  nl: async () => (await import("./nl.ts")).app,
  de: async () => (await import("./de.ts")).app,
};
