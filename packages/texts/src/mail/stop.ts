/** Words of the page on which a member ends mails of one kind, or takes them up again (RFC 8058). */
import type { MailChoices } from "@pli/core/wire";
import type { Language } from "../languages.ts";

export interface StopTexts {
  readonly title: string;
  readonly kinds: Readonly<Record<StoppableKind, string>>;
  readonly isOn: string;
  readonly isOff: string;
  readonly stop: string;
  readonly start: string;
  readonly toPli: string;
}
/**
 * Mails that a member can do without: what they tell stands on the message's page as well, or is the operator's word to all. Whatever guards the
 * account, or waits for an answer, always goes.
 */
export type StoppableKind = keyof MailChoices;
export const STOPPABLE: readonly StoppableKind[] = ["opened", "unread", "news", "maintenance"];

const BY_LANGUAGE: Readonly<Record<Language, StopTexts>> = {
  en: {
    title: "Your mails from Pli",
    kinds: {
      opened: "Mails when somebody opens your message",
      unread: "Mails when a message was destroyed without being read",
      news: "News of this server",
      maintenance: "Maintenance and incidents",
    },
    isOn: "You receive these mails.",
    isOff: "You no longer receive these mails. The page of each message still shows everything.",
    stop: "Stop these mails",
    start: "Receive them again",
    toPli: "Go to Pli",
  },
  fr: {
    title: "Vos courriels de Pli",
    kinds: {
      opened: "Courriels à l’ouverture de vos messages",
      unread: "Courriels quand un message est détruit sans avoir été lu",
      news: "Nouveautés de ce serveur",
      maintenance: "Maintenance et incidents",
    },
    isOn: "Vous recevez ces courriels.",
    isOff: "Vous ne recevez plus ces courriels. La page de chaque message montre toujours tout.",
    stop: "Ne plus les recevoir",
    start: "Les recevoir de nouveau",
    toPli: "Aller sur Pli",
  },
  nl: {
    title: "Uw e-mails van Pli",
    kinds: {
      opened: "E-mails wanneer iemand uw bericht opent",
      unread: "E-mails wanneer een bericht ongelezen is vernietigd",
      news: "Nieuws over deze server",
      maintenance: "Onderhoud en storingen",
    },
    isOn: "U ontvangt deze e-mails.",
    isOff: "U ontvangt deze e-mails niet meer. Op de pagina van elk bericht blijft alles te zien.",
    stop: "Deze e-mails stoppen",
    start: "Weer ontvangen",
    toPli: "Naar Pli",
  },
  de: {
    title: "Ihre E-Mails von Pli",
    kinds: {
      opened: "E-Mails, wenn jemand Ihre Nachricht öffnet",
      unread: "E-Mails, wenn eine Nachricht ungelesen vernichtet wurde",
      news: "Neues von diesem Server",
      maintenance: "Wartung und Störungen",
    },
    isOn: "Sie erhalten diese E-Mails.",
    isOff: "Sie erhalten diese E-Mails nicht mehr. Auf der Seite jeder Nachricht bleibt alles zu sehen.",
    stop: "Diese E-Mails beenden",
    start: "Wieder erhalten",
    toPli: "Zu Pli",
  },
};

export function stopTexts(language: Language): StopTexts {
  return BY_LANGUAGE[language];
}
