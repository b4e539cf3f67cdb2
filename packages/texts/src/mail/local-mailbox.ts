/** Words of the local mailbox page: a tool for whoever tries Pli out on their own machine. */
import type { Language } from "../languages.ts";

const en = {
  title: "Local mailbox",
  intro: "Every mail that this server would have sent. Kept in memory only, and only reachable from this machine.",
  filter: "Only to this address",
  emptyTitle: "No mail yet",
  empty: "Send a message or ask for a sign-in link: the mail shows up here by itself.",
  nothing: "Choose a mail to read it.",
  list: "Mails",
  message: "Mail",
  to: "To",
  from: "From",
  html: "As the reader sees it",
  text: "Plain text",
  back: "All mails",
  offline: "The server does not answer. The list goes on as soon as it is back.",
};
const fr: typeof en = {
  title: "Messagerie locale",
  intro:
    "Tous les courriels que ce serveur aurait envoyés. Gardés en mémoire seulement, visibles de cette machine seulement.",
  filter: "Seulement pour cette adresse",
  emptyTitle: "Aucun courriel pour l’instant",
  empty: "Envoyez un message ou demandez un lien de connexion\u00a0: le courriel apparaît ici tout seul.",
  nothing: "Choisissez un courriel pour le lire.",
  list: "Courriels",
  message: "Courriel",
  to: "À",
  from: "De",
  html: "Vu par le lecteur",
  text: "Texte seul",
  back: "Tous les courriels",
  offline: "Le serveur ne répond pas. La liste reprend dès son retour.",
};

export type LocalMailboxTexts = typeof en;

export function localMailboxTexts(language: Language): LocalMailboxTexts {
  return language === "fr" ? fr : en;
}
