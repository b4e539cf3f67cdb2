/** The organisation's page in French, whole. */
export { organisation } from "./rules-fr.ts";
