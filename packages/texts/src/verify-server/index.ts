/** Checking a server against a release, by language; all of them at once, since the check page is one file. */
import type { Language } from "../languages.ts";
import { verifyServer as de } from "./de.ts";
import { verifyServer as en, type VerifyServerTexts } from "./en.ts";
import { verifyServer as fr } from "./fr.ts";
import { verifyServer as nl } from "./nl.ts";

export type { VerifyServerTexts } from "./en.ts";

const BY_LANGUAGE: Readonly<Record<Language, VerifyServerTexts>> = { fr, en, nl, de };

export function verifyServerTexts(language: Language): VerifyServerTexts {
  return BY_LANGUAGE[language];
}
