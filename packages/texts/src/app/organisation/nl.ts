/** The organisation's page in Dutch, whole. */
export { organisation } from "./rules-nl.ts";
