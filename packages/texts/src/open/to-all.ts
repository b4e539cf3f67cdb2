/** Reply to all, and the receipt of a reply. Each language is a chunk of its own, which comes with the reply. */
import type { Language } from "../languages.ts";
import type { ToAll } from "./to-all-en.ts";

export type { ToAll } from "./to-all-en.ts";

export const loadToAll: Readonly<Record<Language, () => Promise<ToAll>>> = {
  fr: async () => (await import("./to-all-fr.ts")).toAll,
  en: async () => (await import("./to-all-en.ts")).toAll,
  nl: async () => (await import("./to-all-nl.ts")).toAll,
  de: async () => (await import("./to-all-de.ts")).toAll,
};
