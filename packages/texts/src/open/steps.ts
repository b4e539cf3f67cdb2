/** Code, password and the open letter. Each language is a chunk of its own. */
import type { Language } from "../languages.ts";
import type { Steps } from "./steps-en.ts";

export type { Steps } from "./steps-en.ts";

export const loadSteps: Readonly<Record<Language, () => Promise<Steps>>> = {
  fr: async () => (await import("./steps-fr.ts")).steps,
  en: async () => (await import("./steps-en.ts")).steps,
  nl: async () => (await import("./steps-nl.ts")).steps,
  de: async () => (await import("./steps-de.ts")).steps,
};
