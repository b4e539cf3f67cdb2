/** The words of the review, which come with it. */
import { loadReview } from "@pli/texts/review";
import { chunkWords } from "../chunk-words.ts";

export const reviewWords = chunkWords(loadReview);
