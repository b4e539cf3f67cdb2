/** Was eine Organisation für ihre Mitglieder festlegt: jede Regel, und was sie bedeutet. German. */
import type { OrganisationTexts } from "./rules-en.ts";

export const organisation: OrganisationTexts = {
  title: "Organisation",
  lead: (a) => `Was bei ${a.name} für alle gilt. Eine Änderung gilt ab der nächsten Nachricht.`,
  untouched: "Noch wurde nichts geändert: Das sind die Einstellungen von Pli selbst.",
  changed: (a) => `Zuletzt geändert von ${a.name}, ${a.date}.`,
  lock: "Mitglieder können es nicht ändern",
  lockedByAll: "Unten ist alles gesperrt.",
  saving: "Wird gespeichert…",
  saved: "Gespeichert",
  savedRule: (a) => `Gespeichert: ${a.rule}`,
  undo: "Rückgängig machen",
  undone: "Wie vorher",
  raceTitle: "Jemand anderes hat diese Einstellungen geändert",
  raceText:
    "Sie sehen sie, wie sie jetzt sind. Ihre letzte Änderung ist nicht gespeichert: Wiederholen Sie sie, wenn Sie sie noch wollen.",
  failedTitle: "Nicht gespeichert",
  between: (a) => `Eine ganze Zahl von ${a.least} bis ${a.most}.`,
  keepOne: "Mindestens eine Sprache muss bleiben.",
  doesNotFit: "Das passt nicht zu einer anderen Einstellung hier.",
  ownLanguage: "Die jedes Mitglieds",

  groups: {
    protection: { title: "Schutz", lead: "Was eine Nachricht braucht, bevor sie gehen darf." },
    life: { title: "Öffnungen und Ablauf", lead: "Wie oft und wie lange eine Nachricht geöffnet werden kann." },
    passwords: {
      title: "Passwörter",
      lead: "Für Nachrichten und Geheimnisse. Vorgeschlagene Passwörter folgen diesen Regeln immer.",
    },
    sending: { title: "Senden", lead: "Wie Nachrichten ankommen, und was der Absender davon erfährt." },
    languages: { title: "Sprachen", lead: "Der E-Mails und Seiten für Empfänger, und der Seiten der Mitglieder." },
    members: { title: "Mitglieder", lead: "Was Mitglieder selbst entscheiden dürfen." },
  },
  rules: {
    passwordRequired: {
      label: "Passwort für jede Nachricht",
      text: "Zuerst eingeschaltet. Gesperrt: Ohne Passwort geht keine Nachricht hinaus.",
    },
    smsRequired: {
      label: "SMS-Code für jede Nachricht",
      text: "Zuerst eingeschaltet. Gesperrt: Jeder Empfänger braucht eine Mobilnummer.",
    },
    factorsWhenBoth: { label: "Wenn beides verlangt wird", text: "Ob eines von beiden genügt." },
    protect: { label: "Was versiegelt wird", text: "Bei Anhängen allein reist der Text lesbar in der E-Mail." },
    openings: {
      label: "Öffnungen nur mit E-Mail-Code",
      text: "Gesperrt: Mehr kann ein Absender nicht erlauben.",
    },
    openingsWithFactor: {
      label: "Öffnungen mit Passwort oder SMS-Code",
      text: "Gesperrt: Mehr kann ein Absender nicht erlauben.",
    },
    expiryHours: { label: "Läuft ab nach", text: "Gesperrt: Keine Nachricht besteht länger." },
    expiryMostHours: { label: "Längste Dauer", text: "Keine Nachricht besteht länger, was immer der Absender wählt." },
    passwordSuggestion: {
      label: "Ein Passwort vorschlagen",
      text: "Ein gutes steht gleich da und lässt sich ersetzen.",
    },
    passwordLength: { label: "Mindestlänge", text: "In Zeichen. Gesperrt: Kürzere werden abgelehnt." },
    passwordUpper: { label: "Ein Großbuchstabe", text: "Gesperrt: Ein Passwort ohne ihn wird abgelehnt." },
    passwordLower: { label: "Ein Kleinbuchstabe", text: "Gesperrt: Ein Passwort ohne ihn wird abgelehnt." },
    passwordDigits: { label: "Eine Ziffer", text: "Gesperrt: Ein Passwort ohne sie wird abgelehnt." },
    passwordSpecial: { label: "Ein Sonderzeichen", text: "Gesperrt: Ein Passwort ohne es wird abgelehnt." },
    notify: { label: "Absender über Öffnungen benachrichtigen", text: "Gesperrt: Das gilt für jede Nachricht." },
    deliveryLink: {
      label: "Links zum Weitergeben",
      text: "Ausgeschaltet: Nachrichten gehen nur per E-Mail hinaus, ohne Link zum Kopieren.",
    },
    deliverySms: { label: "Links per SMS", text: "Ausgeschaltet: An Mobilnummern gehen keine Links." },
    recipientLanguages: {
      label: "Sprachen für Empfänger",
      text: "Nur diese lassen sich für eine Nachricht wählen.",
    },
    recipientLanguage: { label: "Vorgegebene Sprache", text: "Gesperrt: Jeder Empfänger erhält diese Sprache." },
    memberLanguages: { label: "Sprachen für Mitglieder", text: "Nur diese lassen sich für die eigenen Seiten wählen." },
    memberLanguage: {
      label: "Sprache der Mitglieder",
      text: "Für alle mit einer nicht erlaubten Sprache; gesperrt für alle.",
    },
    settingsLocked: {
      label: "Alles sperren",
      text: "Mitglieder sehen alle diese Einstellungen und können keine davon ändern.",
    },
    chat: { label: "Chat", text: "Ausgeschaltet: Eine Nachricht und ihre Antworten bleiben Briefe." },
    secondFactorRequired: {
      label: "Zweiter Schritt beim Anmelden",
      text: "Mitglieder müssen einen einrichten, bevor sie weiterkommen.",
    },
    secondFactorSms: {
      label: "Zweiter Schritt per SMS",
      text: "Mitglieder dürfen eine Mobilnummer als zweiten Schritt hinzufügen, den schwächsten von allen. Aus: Vorhandene Nummern zählen weiter.",
    },
    confirmReplies: {
      label: "Antworten schützen",
      text: "Erhaltene Antworten erscheinen erst nach dem zweiten Schritt.",
    },
  },
  factorsWhenBoth: { and: "Beides ist nötig", or: "Eines genügt" },
  protect: { message: "Die ganze Nachricht", attachments: "Nur die Anhänge" },
};
