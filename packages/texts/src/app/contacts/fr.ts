/** For the check that every language says everything. */
export { contacts } from "./contacts-fr.ts";
