/**
 * Words for every error code (packages/core/src/errors.ts), by language. A page imports its one language from
 * `@pli/texts/errors/fr`, `/en`, `/nl` or `/de`; programs that speak all of them take this index.
 */
import type { ErrorCode, ErrorDetails } from "@pli/core/errors";
import { formatDuration, formatNumber } from "../format.ts";
import type { Language } from "../languages.ts";
import * as de from "./de.ts";
import * as en from "./en.ts";
import * as fr from "./fr.ts";
import * as nl from "./nl.ts";

/** `title`: what happened. `text`: what is safe, and what to do now. */
export interface ErrorText {
  readonly title: string;
  readonly text: string;
}
export type ErrorTexts = Readonly<Record<ErrorCode, ErrorText>>;

const BY_LANGUAGE = { fr, en, nl, de } as const;

/** The words for `code`, with the facts of `details` said in a further sentence. */
export function errorText(language: Language, code: ErrorCode, details: ErrorDetails = {}): ErrorText {
  const words = BY_LANGUAGE[language];
  const { title, text } = words.errors[code];
  const sentences = [text];
  if (details.triesLeft !== undefined) sentences.push(words.details.triesLeft(details.triesLeft));
  if (details.retryAfterSeconds !== undefined) {
    sentences.push(words.details.retryAfter(formatDuration(language, details.retryAfterSeconds)));
  }
  if (details.limit !== undefined) sentences.push(words.details.limit(formatNumber(language, details.limit)));
  return { title, text: sentences.join(" ") };
}
