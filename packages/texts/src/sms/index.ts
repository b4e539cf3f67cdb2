/**
 * The words of every SMS that Pli sends, by language. Short: 160 characters of the GSM alphabet are one SMS (3GPP TS 23.038), and each further
 * one costs; the server folds what the alphabet lacks. Never a subject, a text or a file name of a message (M11).
 */
import type { Language } from "../languages.ts";
import { smsTexts as de } from "./de.ts";
import { smsTexts as en } from "./en.ts";
import { smsTexts as fr } from "./fr.ts";
import { smsTexts as nl } from "./nl.ts";

/** Facts of each kind of SMS. Times in ms since 1970. */
export interface SmsFacts {
  /** To a recipient: a sealed message waits behind the link. */
  readonly message: { readonly senderName: string; readonly expiresAtMs: number; readonly timeZone: string };
  /** The code of a number; `reference` stands on the page as well. With a sender: to read their message. */
  readonly code: { readonly reference: string; readonly senderName?: string };
  /** To a recipient: a one-time secret behind the link, of which the sender has told. */
  readonly secret: { readonly senderName: string };
}
export type SmsKind = keyof SmsFacts;

export interface SmsTexts {
  readonly message: (facts: SmsFacts["message"] & { readonly link: string }) => string;
  /** `host`: where it is typed, and nowhere else. */
  readonly code: (facts: SmsFacts["code"] & { readonly code: string; readonly host: string }) => string;
  readonly secret: (facts: SmsFacts["secret"] & { readonly link: string }) => string;
}

const BY_LANGUAGE: Readonly<Record<Language, SmsTexts>> = { fr, en, nl, de };

export function smsTexts(language: Language): SmsTexts {
  return BY_LANGUAGE[language];
}
