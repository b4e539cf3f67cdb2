/** The code by SMS, where a message asks for one. Each language is a chunk of its own. */
import type { Language } from "../languages.ts";
import type { Sms } from "./sms-en.ts";

export type { Sms } from "./sms-en.ts";

export const loadSms: Readonly<Record<Language, () => Promise<Sms>>> = {
  fr: async () => (await import("./sms-fr.ts")).sms,
  en: async () => (await import("./sms-en.ts")).sms,
  nl: async () => (await import("./sms-nl.ts")).sms,
  de: async () => (await import("./sms-de.ts")).sms,
};
