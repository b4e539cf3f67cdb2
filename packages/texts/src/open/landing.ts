/** The recipient's landing page. Each language is a chunk of its own. */
import type { Language } from "../languages.ts";
import type { Landing } from "./landing-en.ts";

export type { Landing } from "./landing-en.ts";

export const loadLanding: Readonly<Record<Language, () => Promise<Landing>>> = {
  fr: async () => (await import("./landing-fr.ts")).landing,
  en: async () => (await import("./landing-en.ts")).landing,
  nl: async () => (await import("./landing-nl.ts")).landing,
  de: async () => (await import("./landing-de.ts")).landing,
};
