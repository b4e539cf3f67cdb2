/** Die Filter der Liste der gesendeten Nachrichten, auf Deutsch. */
import type { Narrow } from "./narrow-en.ts";

export const narrow: Narrow = {
  title: "Filter",
  recipient: "Empfänger",
  reference: "Referenz",
  state: "Status",
  anyState: "Jeder Status",
  from: "Gesendet ab",
  until: "Gesendet bis",
  clear: "Filter löschen",
};
