/** The organisation's page in German, whole. */
export { organisation } from "./rules-de.ts";
