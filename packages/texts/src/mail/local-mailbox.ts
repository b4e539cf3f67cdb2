/** Words of the local mailbox page: a tool for whoever tries Pli out on their own machine. */
import type { Language } from "../languages.ts";

const en = {
  title: "Local mailbox",
  intro:
    "Every mail and SMS that this server would have sent. Kept in memory only, and only reachable from this machine.",
  filter: "Only to this address or number",
  emptyTitle: "Nothing yet",
  empty: "Send a message or ask for a sign-in link: the mail shows up here by itself.",
  nothing: "Choose a message to read it.",
  list: "Mails and SMS",
  message: "Mail or SMS",
  smsCount: "Paid as SMS",
  to: "To",
  from: "From",
  html: "As the reader sees it",
  text: "Plain text",
  back: "All mails and SMS",
  offline: "The server does not answer. The list goes on as soon as it is back.",
};
const fr: typeof en = {
  title: "Messagerie locale",
  intro:
    "Tous les courriels et SMS que ce serveur aurait envoyés. Gardés en mémoire seulement, visibles de cette machine seulement.",
  filter: "Seulement pour cette adresse ou ce numéro",
  emptyTitle: "Rien pour l’instant",
  empty: "Envoyez un message ou demandez un lien de connexion\u00a0: le courriel apparaît ici tout seul.",
  nothing: "Choisissez un courriel ou un SMS pour le lire.",
  list: "Courriels et SMS",
  message: "Courriel ou SMS",
  smsCount: "Nombre de SMS",
  to: "À",
  from: "De",
  html: "Vu par le lecteur",
  text: "Texte seul",
  back: "Tous les courriels et SMS",
  offline: "Le serveur ne répond pas. La liste reprend dès son retour.",
};
const nl: typeof en = {
  title: "Lokale mailbox",
  intro:
    "Alle e-mails en sms’en die deze server zou hebben verstuurd. Alleen in het geheugen, en alleen vanaf deze computer te zien.",
  filter: "Alleen naar dit adres of nummer",
  emptyTitle: "Nog niets",
  empty: "Verstuur een bericht of vraag een inloglink aan: de e-mail verschijnt hier vanzelf.",
  nothing: "Kies een e-mail of sms om te lezen.",
  list: "E-mails en sms’en",
  message: "E-mail of sms",
  smsCount: "Aantal sms’en",
  to: "Aan",
  from: "Van",
  html: "Zoals de lezer het ziet",
  text: "Alleen tekst",
  back: "Alle e-mails en sms’en",
  offline: "De server antwoordt niet. De lijst gaat verder zodra hij terug is.",
};
const de: typeof en = {
  title: "Lokales Postfach",
  intro:
    "Alle E-Mails und SMS, die dieser Server gesendet hätte. Nur im Arbeitsspeicher, und nur von diesem Rechner aus zu sehen.",
  filter: "Nur an diese Adresse oder Nummer",
  emptyTitle: "Noch nichts",
  empty: "Senden Sie eine Nachricht oder fordern Sie einen Anmeldelink an: Die E-Mail erscheint hier von selbst.",
  nothing: "Wählen Sie eine E-Mail oder SMS zum Lesen.",
  list: "E-Mails und SMS",
  message: "E-Mail oder SMS",
  smsCount: "Anzahl SMS",
  to: "An",
  from: "Von",
  html: "Wie der Leser sie sieht",
  text: "Nur Text",
  back: "Alle E-Mails und SMS",
  offline: "Der Server antwortet nicht. Die Liste geht weiter, sobald er zurück ist.",
};
const BY_LANGUAGE = { fr, en, nl, de } as const;

export type LocalMailboxTexts = typeof en;

export function localMailboxTexts(language: Language): LocalMailboxTexts {
  return BY_LANGUAGE[language];
}
