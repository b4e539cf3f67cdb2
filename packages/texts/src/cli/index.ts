/** What the command line says, by language. */
import type { Language } from "../languages.ts";
import { cli as de } from "./de.ts";
import { type CliTexts, cli as en } from "./en.ts";
import { cli as fr } from "./fr.ts";
import { cli as nl } from "./nl.ts";

export type { CliTexts } from "./en.ts";

const BY_LANGUAGE: Readonly<Record<Language, CliTexts>> = { fr, en, nl, de };

export function cliTexts(language: Language): CliTexts {
  return BY_LANGUAGE[language];
}
