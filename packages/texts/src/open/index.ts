/** The recipient's page: the shapes of its texts, by section. Pages load a section by `@pli/texts/open/<section>`. */
export { type Files, loadFiles } from "./files.ts";
export { type Landing, loadLanding } from "./landing.ts";
export { loadRefused, type Refused } from "./refused.ts";
export { loadReply, type Reply } from "./reply.ts";
export { loadSteps, type Steps } from "./steps.ts";
