/** Les filtres de la liste des envois, en français. */
import type { Narrow } from "./narrow-en.ts";

export const narrow: Narrow = {
  title: "Filtres",
  recipient: "Destinataire",
  reference: "Référence",
  state: "État",
  anyState: "Tous les états",
  from: "Envoyé à partir du",
  until: "Envoyé jusqu’au",
  clear: "Effacer les filtres",
};
