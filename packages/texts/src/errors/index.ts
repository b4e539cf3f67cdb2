/**
 * Words for every error code (packages/core/src/errors.ts), by language. A page loads its one language with its other texts and says errors
 * by `sayError`; programs that speak all of them take `errorText`.
 */
import type { ErrorCode, ErrorDetails } from "@pli/core/errors";
import type { Language } from "../languages.ts";
import * as de from "./de.ts";
import * as en from "./en.ts";
import * as fr from "./fr.ts";
import * as nl from "./nl.ts";
import { type ErrorText, type ErrorWords, sayError } from "./say.ts";

export type { ErrorText } from "./say.ts";

const BY_LANGUAGE: Readonly<Record<Language, ErrorWords>> = { fr, en, nl, de };

/** The words for `code`, with the facts of `details` said in a further sentence. */
export function errorText(language: Language, code: ErrorCode, details: ErrorDetails = {}): ErrorText {
  return sayError(language, BY_LANGUAGE[language], code, details);
}
