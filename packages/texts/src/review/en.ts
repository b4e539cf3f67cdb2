/** For the check that every language says everything. */
export { review } from "./review-en.ts";
