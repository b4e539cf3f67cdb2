/** The words of the contacts, which come with their page. */
import { loadContacts } from "@pli/texts/app/contacts";
import { chunkWords } from "../chunk-words.ts";

export const contactWords = chunkWords(loadContacts);
