/** The recipient's page in English, whole. The page loads each section when it is needed. */
export { files } from "./files-en.ts";
export { landing } from "./landing-en.ts";
export { refused } from "./refused-en.ts";
export { reply } from "./reply-en.ts";
export { steps } from "./steps-en.ts";
