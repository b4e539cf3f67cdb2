/** Why a message does not open, and what to do. Each language is a chunk of its own. */
import type { Language } from "../languages.ts";
import type { Refused } from "./refused-en.ts";

export type { Refused } from "./refused-en.ts";

export const loadRefused: Readonly<Record<Language, () => Promise<Refused>>> = {
  fr: async () => (await import("./refused-fr.ts")).refused,
  en: async () => (await import("./refused-en.ts")).refused,
  nl: async () => (await import("./refused-nl.ts")).refused,
  de: async () => (await import("./refused-de.ts")).refused,
};
