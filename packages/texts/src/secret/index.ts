/** The page of a one-time secret. Each language is a chunk of its own. */
import type { Secret } from "./en.ts";

export type { Secret } from "./en.ts";

/** For every language of `languages.ts`: whoever uses it asks by one of those. */
export const loadSecret = {
  fr: async (): Promise<Secret> => (await import("./fr.ts")).secret,
  en: async (): Promise<Secret> => (await import("./en.ts")).secret,
  nl: async (): Promise<Secret> => (await import("./nl.ts")).secret,
  de: async (): Promise<Secret> => (await import("./de.ts")).secret,
};
