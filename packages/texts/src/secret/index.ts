/** The page of a one-time secret. Each language is a chunk of its own. */
import type { Language } from "../languages.ts";
import type { Secret } from "./en.ts";

export type { Secret } from "./en.ts";

export const loadSecret: Readonly<Record<Language, () => Promise<Secret>>> = {
  fr: async () => (await import("./fr.ts")).secret,
  en: async () => (await import("./en.ts")).secret,
  nl: async () => (await import("./nl.ts")).secret,
  de: async () => (await import("./de.ts")).secret,
};
