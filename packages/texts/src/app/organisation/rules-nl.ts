/** Wat een organisatie voor haar leden regelt: elke regel, en wat hij betekent. Dutch. */
import type { OrganisationTexts } from "./rules-en.ts";

export const organisation: OrganisationTexts = {
  title: "Organisatie",
  lead: (a) => `Wat voor iedereen bij ${a.name} geldt. Een wijziging geldt vanaf het volgende bericht.`,
  untouched: "Er is nog niets gewijzigd: dit zijn de instellingen van Pli zelf.",
  changed: (a) => `Laatst gewijzigd door ${a.name}, ${a.date}.`,
  lock: "Leden kunnen dit niet wijzigen",
  lockedByAll: "Alles is hieronder vergrendeld.",
  saving: "Opslaan…",
  saved: "Opgeslagen",
  savedRule: (a) => `Opgeslagen: ${a.rule}`,
  undo: "Ongedaan maken",
  undone: "Zoals het was",
  raceTitle: "Iemand anders heeft deze instellingen gewijzigd",
  raceText: "U ziet ze zoals ze nu zijn. Uw laatste wijziging is niet opgeslagen: doe die opnieuw als u dat nog wilt.",
  failedTitle: "Niet opgeslagen",
  between: (a) => `Een geheel getal van ${a.least} tot ${a.most}.`,
  keepOne: "Er moet ten minste één taal blijven.",
  doesNotFit: "Dit past niet bij een andere instelling hier.",
  ownLanguage: "Die van elk lid",

  groups: {
    protection: { title: "Beveiliging", lead: "Wat een bericht nodig heeft voordat het weg mag." },
    life: { title: "Openingen en vervaldatum", lead: "Hoe vaak en hoe lang een bericht te openen is." },
    passwords: {
      title: "Wachtwoorden",
      lead: "Voor berichten en geheimen. Voorgestelde wachtwoorden volgen deze regels altijd.",
    },
    sending: { title: "Verzenden", lead: "Hoe berichten aankomen, en wat de afzender daarvan hoort." },
    languages: { title: "Talen", lead: "Van e-mails en pagina’s voor ontvangers, en van de pagina’s van leden." },
    members: { title: "Leden", lead: "Wat leden zelf mogen beslissen." },
  },
  rules: {
    passwordRequired: {
      label: "Wachtwoord op elk bericht",
      text: "Staat eerst aan. Vergrendeld gaat er geen bericht weg zonder wachtwoord.",
    },
    smsRequired: {
      label: "Sms-code op elk bericht",
      text: "Staat eerst aan. Vergrendeld is van elke ontvanger een mobiel nummer nodig.",
    },
    factorsWhenBoth: { label: "Als beide verplicht zijn", text: "Of een van de twee genoeg is." },
    protect: { label: "Wat wordt verzegeld", text: "Bij alleen bijlagen reist de tekst leesbaar in de e-mail." },
    openings: {
      label: "Openingen zonder wachtwoord",
      text: "Vergrendeld is dit het meeste dat een afzender kan toestaan.",
    },
    openingsWithFactor: {
      label: "Openingen met wachtwoord",
      text: "Vergrendeld is dit het meeste dat een afzender kan toestaan.",
    },
    expiryHours: { label: "Verloopt na", text: "Vergrendeld leeft geen bericht langer." },
    expiryMostHours: { label: "Langste duur", text: "Geen bericht leeft langer, wat de afzender ook kiest." },
    passwordSuggestion: {
      label: "Een wachtwoord voorstellen",
      text: "Er staat meteen een goed wachtwoord, dat te vervangen is.",
    },
    passwordLength: { label: "Minste lengte", text: "In tekens. Vergrendeld worden kortere geweigerd." },
    passwordUpper: { label: "Een hoofdletter", text: "Vergrendeld wordt een wachtwoord zonder hoofdletter geweigerd." },
    passwordLower: {
      label: "Een kleine letter",
      text: "Vergrendeld wordt een wachtwoord zonder kleine letter geweigerd.",
    },
    passwordDigits: { label: "Een cijfer", text: "Vergrendeld wordt een wachtwoord zonder cijfer geweigerd." },
    passwordSpecial: {
      label: "Een speciaal teken",
      text: "Vergrendeld wordt een wachtwoord zonder speciaal teken geweigerd.",
    },
    notify: { label: "De afzender waarschuwen bij openingen", text: "Vergrendeld doet elk bericht dit." },
    deliveryLink: {
      label: "Links om door te geven",
      text: "Uit gaan berichten alleen per e-mail, zonder link om te kopiëren.",
    },
    deliverySms: { label: "Links per sms", text: "Uit gaat er geen link naar een mobiel nummer." },
    recipientLanguages: { label: "Talen voor ontvangers", text: "Alleen deze zijn voor een bericht te kiezen." },
    recipientLanguage: { label: "Taal om mee te beginnen", text: "Vergrendeld krijgt elke ontvanger deze taal." },
    memberLanguages: { label: "Talen voor leden", text: "Alleen deze zijn voor de eigen pagina’s te kiezen." },
    memberLanguage: {
      label: "Taal van de leden",
      text: "Voor wie een taal heeft die niet mag; vergrendeld voor iedereen.",
    },
    settingsLocked: {
      label: "Alles vergrendelen",
      text: "Leden zien al deze instellingen en kunnen er geen wijzigen.",
    },
    chat: { label: "Chat", text: "Uit blijven een bericht en de antwoorden brieven." },
    secondFactorRequired: {
      label: "Tweede stap bij het inloggen",
      text: "Leden moeten er een instellen voordat zij verder kunnen.",
    },
  },
  factorsWhenBoth: { and: "Beide zijn nodig", or: "Een van de twee is genoeg" },
  protect: { message: "Het hele bericht", attachments: "Alleen de bijlagen" },
};
