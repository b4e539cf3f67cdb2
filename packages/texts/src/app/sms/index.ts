/** Mobile numbers where a message is written, and the ways to pass a link on: loaded when somebody asks for them. */
import type { Language } from "../../languages.ts";
import type { SmsPageTexts } from "./sms-en.ts";

export type { SmsPageTexts } from "./sms-en.ts";

export const loadSmsPage: Readonly<Record<Language, () => Promise<SmsPageTexts>>> = {
  fr: async () => (await import("./sms-fr.ts")).sms,
  en: async () => (await import("./sms-en.ts")).sms,
  nl: async () => (await import("./sms-nl.ts")).sms,
  de: async () => (await import("./sms-de.ts")).sms,
};
