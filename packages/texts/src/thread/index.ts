/** The conversation after a message. Each language is a chunk of its own, loaded where there is one to show. */
import type { Language } from "../languages.ts";
import type { Thread } from "./thread-en.ts";

export type { Thread } from "./thread-en.ts";

export const loadThread: Readonly<Record<Language, () => Promise<Thread>>> = {
  fr: async () => (await import("./thread-fr.ts")).thread,
  en: async () => (await import("./thread-en.ts")).thread,
  nl: async () => (await import("./thread-nl.ts")).thread,
  de: async () => (await import("./thread-de.ts")).thread,
};
