/** The reply to a message. Each language is a chunk of its own. */
import type { Language } from "../languages.ts";
import type { Reply } from "./reply-en.ts";

export type { Reply } from "./reply-en.ts";

export const loadReply: Readonly<Record<Language, () => Promise<Reply>>> = {
  fr: async () => (await import("./reply-fr.ts")).reply,
  en: async () => (await import("./reply-en.ts")).reply,
  nl: async () => (await import("./reply-nl.ts")).reply,
  de: async () => (await import("./reply-de.ts")).reply,
};
