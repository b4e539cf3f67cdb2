/** The words of the last parts of the settings, which come with them. */
import { loadAccount } from "@pli/texts/app/account";
import { chunkWords } from "../chunk-words.ts";

export const accountWords = chunkWords(loadAccount);
