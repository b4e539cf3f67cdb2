/** Filters of the sent list. Each language is a chunk of its own, loaded when somebody filters. */
import type { Language } from "../languages.ts";
import type { Narrow } from "./narrow-en.ts";

export type { Narrow } from "./narrow-en.ts";

export const loadNarrow: Readonly<Record<Language, () => Promise<Narrow>>> = {
  fr: async () => (await import("./narrow-fr.ts")).narrow,
  en: async () => (await import("./narrow-en.ts")).narrow,
  nl: async () => (await import("./narrow-nl.ts")).narrow,
  de: async () => (await import("./narrow-de.ts")).narrow,
};
