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
    sending: { title: "Versturen", lead: "Hoe berichten aankomen, en wat de afzender daarvan hoort." },
    languages: { title: "Talen", lead: "Van e-mails en pagina’s voor ontvangers, en van de pagina’s van leden." },
    members: { title: "Leden", lead: "Wat leden zelf mogen beslissen." },
  },
  rules: {
    passwordRequired: {
      label: "Wachtwoord op elk bericht",
      text: "Staat eerst aan. Vergrendeld: zonder wachtwoord vertrekt geen bericht.",
    },
    smsRequired: {
      label: "Sms-code op elk bericht",
      text: "Staat eerst aan. Vergrendeld: van elke ontvanger is een mobiel nummer nodig.",
    },
    factorsWhenBoth: { label: "Als beide verplicht zijn", text: "Of een van de twee genoeg is." },
    protect: { label: "Wat wordt verzegeld", text: "Bij alleen bijlagen reist de tekst leesbaar in de e-mail." },
    openings: {
      label: "Openingen met alleen de mailcode",
      text: "Vergrendeld: meer kan een afzender niet toestaan.",
    },
    openingsWithFactor: {
      label: "Openingen met wachtwoord of sms-code",
      text: "Vergrendeld: meer kan een afzender niet toestaan.",
    },
    expiryHours: { label: "Verloopt na", text: "Vergrendeld: geen bericht bestaat langer." },
    expiryMostHours: { label: "Langste duur", text: "Geen bericht bestaat langer, wat de afzender ook kiest." },
    passwordSuggestion: {
      label: "Een wachtwoord voorstellen",
      text: "Er staat meteen een goed wachtwoord, dat te vervangen is.",
    },
    passwordLength: { label: "Minimumlengte", text: "In tekens. Vergrendeld: kortere worden geweigerd." },
    passwordUpper: { label: "Een hoofdletter", text: "Vergrendeld: een wachtwoord zonder wordt geweigerd." },
    passwordLower: {
      label: "Een kleine letter",
      text: "Vergrendeld: een wachtwoord zonder wordt geweigerd.",
    },
    passwordDigits: { label: "Een cijfer", text: "Vergrendeld: een wachtwoord zonder wordt geweigerd." },
    passwordSpecial: {
      label: "Een speciaal teken",
      text: "Vergrendeld: een wachtwoord zonder wordt geweigerd.",
    },
    notify: { label: "De afzender openingen melden", text: "Vergrendeld: dit geldt voor elk bericht." },
    deliveryLink: {
      label: "Links om door te geven",
      text: "Uit: berichten gaan alleen per e-mail, zonder link om te kopiëren.",
    },
    deliverySms: { label: "Links per sms", text: "Uit: er gaat geen link naar een mobiel nummer." },
    recipientLanguages: { label: "Talen voor ontvangers", text: "Alleen deze zijn voor een bericht te kiezen." },
    recipientLanguage: { label: "Voorgestelde taal", text: "Vergrendeld: elke ontvanger krijgt deze taal." },
    memberLanguages: { label: "Talen voor leden", text: "Alleen deze zijn voor de eigen pagina’s te kiezen." },
    memberLanguage: {
      label: "Taal van de leden",
      text: "Voor wie een taal heeft die niet mag; vergrendeld voor iedereen.",
    },
    settingsLocked: {
      label: "Alles vergrendelen",
      text: "Leden zien al deze instellingen en kunnen er geen wijzigen.",
    },
    chat: { label: "Chat", text: "Uit: een bericht en de antwoorden blijven brieven." },
    secondFactorRequired: {
      label: "Tweede stap bij het inloggen",
      text: "Leden moeten er een instellen voordat zij verder kunnen.",
    },
    secondFactorSms: {
      label: "Tweede stap per sms",
      text: "Leden mogen een mobiel nummer als tweede stap toevoegen, de zwakste van alle. Uit: nummers die er al zijn, tellen nog.",
    },
    confirmReplies: { label: "Antwoorden beschermen", text: "Ontvangen antwoorden verschijnen pas na de tweede stap." },
  },
  factorsWhenBoth: { and: "Beide zijn nodig", or: "Een van de twee is genoeg" },
  protect: { message: "Het hele bericht", attachments: "Alleen de bijlagen" },
};
