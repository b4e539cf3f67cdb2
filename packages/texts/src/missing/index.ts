/** What a browser lacks, in every language at once: the page that tells it cannot load more (M19). */
import type { Language } from "../languages.ts";
import { missing as de } from "./de.ts";
import { missing as en, type Missing } from "./en.ts";
import { missing as fr } from "./fr.ts";
import { missing as nl } from "./nl.ts";

export type { Missing } from "./en.ts";

export const missingTexts: Readonly<Record<Language, Missing>> = { fr, en, nl, de };
