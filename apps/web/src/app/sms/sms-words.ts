/** The words of mobile numbers and of links that are passed on, which come with their parts of the page. */
import { loadSmsPage } from "@pli/texts/app/sms";
import { chunkWords } from "../chunk-words.ts";

export const smsWords = chunkWords(loadSmsPage);
