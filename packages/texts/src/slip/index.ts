/** What a mail adds whose text travels in clear and whose attachments alone are sealed (M2). The rest of its words are those of every message. */
import type { Language } from "../languages.ts";
import { slip as de } from "./de.ts";
import { slip as en } from "./en.ts";
import { slip as fr } from "./fr.ts";
import { slip as nl } from "./nl.ts";

export interface SlipWords {
  /** Under the text: what is sealed, and that the text is not. */
  readonly sealed: string;
  readonly action: string;
  readonly file: string;
  /** @param sha256 hexadecimal digits */
  readonly detail: (a: { sizeBytes: number; sha256: string }) => string;
}
export interface SlipTexts {
  readonly words: (a: { senderName: string; count: number }) => SlipWords;
}

const BY_LANGUAGE: Readonly<Record<Language, SlipTexts>> = { fr, en, nl, de };

export function slipWords(language: Language, facts: { senderName: string; count: number }): SlipWords {
  return BY_LANGUAGE[language].words(facts);
}
