/** What the command line says, by language. */
import type { Language } from "../languages.ts";
import { type CliTexts, cli as en } from "./en.ts";
import { cli as fr } from "./fr.ts";

export type { CliTexts } from "./en.ts";

const BY_LANGUAGE: Readonly<Record<Language, CliTexts>> = { en, fr };

export function cliTexts(language: Language): CliTexts {
  return BY_LANGUAGE[language];
}
