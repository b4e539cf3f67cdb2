/** The recipient's page in Dutch, whole. The page loads each section when it is needed. */
export { files } from "./files-nl.ts";
export { landing } from "./landing-nl.ts";
export { refused } from "./refused-nl.ts";
export { reply } from "./reply-nl.ts";
export { steps } from "./steps-nl.ts";
