/** An error in words, from the texts of one language: for programs that load no other. */
import type { ErrorCode, ErrorDetails } from "@pli/core/errors";
import { formatDuration, formatNumber } from "../format.ts";
import type { Language } from "../languages.ts";

/** `title`: what happened. `text`: what is safe, and what to do now. */
export interface ErrorText {
  readonly title: string;
  readonly text: string;
}
export type ErrorTexts = Readonly<Record<ErrorCode, ErrorText>>;
/** What a language says of errors: each code, and the facts beside it. */
export interface ErrorWords {
  readonly errors: ErrorTexts;
  readonly details: {
    readonly triesLeft: (tries: number) => string;
    readonly retryAfter: (wait: string) => string;
    readonly limit: (limit: string) => string;
    readonly rules: Readonly<Record<string, string>>;
  };
}

/** The words for `code`, with the facts of `details` said in a further sentence. */
export function sayError(
  language: Language,
  words: ErrorWords,
  code: ErrorCode,
  details: ErrorDetails = {},
): ErrorText {
  const { title, text } = words.errors[code];
  const sentences = [text];
  if (details.triesLeft !== undefined) sentences.push(words.details.triesLeft(details.triesLeft));
  if (details.retryAfterSeconds !== undefined) {
    sentences.push(words.details.retryAfter(formatDuration(language, details.retryAfterSeconds)));
  }
  if (details.limit !== undefined) sentences.push(words.details.limit(formatNumber(language, details.limit)));
  const rule = details.rule === undefined ? undefined : words.details.rules[details.rule];
  if (rule !== undefined) sentences.unshift(rule);
  return { title, text: sentences.join(" ") };
}
