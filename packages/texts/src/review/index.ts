/** Questions before sending, loaded with the review. Each language is a chunk of its own. */
import type { Language } from "../languages.ts";
import type { review } from "./review-en.ts";

export type ReviewTexts = typeof review;

export const loadReview: Readonly<Record<Language, () => Promise<ReviewTexts>>> = {
  fr: async () => (await import("./review-fr.ts")).review,
  en: async () => (await import("./review-en.ts")).review,
  nl: async () => (await import("./review-nl.ts")).review,
  de: async () => (await import("./review-de.ts")).review,
};
