/** The files of a message and their previews. Each language is a chunk of its own. */
import type { Language } from "../languages.ts";
import type { Files } from "./files-en.ts";

export type { Files } from "./files-en.ts";

export const loadFiles: Readonly<Record<Language, () => Promise<Files>>> = {
  fr: async () => (await import("./files-fr.ts")).files,
  en: async () => (await import("./files-en.ts")).files,
  nl: async () => (await import("./files-nl.ts")).files,
  de: async () => (await import("./files-de.ts")).files,
};
