/** Checking a server against a release, by language; all of them at once, since the check page is one file. */
import type { Language } from "../languages.ts";
import { verifyServer as en, type VerifyServerTexts } from "./en.ts";
import { verifyServer as fr } from "./fr.ts";

export type { VerifyServerTexts } from "./en.ts";

const BY_LANGUAGE: Readonly<Record<Language, VerifyServerTexts>> = { en, fr };

export function verifyServerTexts(language: Language): VerifyServerTexts {
  return BY_LANGUAGE[language];
}
