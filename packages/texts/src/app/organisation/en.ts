/** The organisation's page in English, whole. */
export { organisation } from "./rules-en.ts";
