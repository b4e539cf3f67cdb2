/** The recipient's page in French, whole. The page loads each section when it is needed. */
export { files } from "./files-fr.ts";
export { landing } from "./landing-fr.ts";
export { refused } from "./refused-fr.ts";
export { reply } from "./reply-fr.ts";
export { steps } from "./steps-fr.ts";
