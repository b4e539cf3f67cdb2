/** The recipient's page in German, whole. The page loads each section when it is needed. */
export { files } from "./files-de.ts";
export { landing } from "./landing-de.ts";
export { refused } from "./refused-de.ts";
export { reply } from "./reply-de.ts";
export { steps } from "./steps-de.ts";
