/** Why a message does not open, and what to do, in German. */
import type { Refused } from "./refused-en.ts";

export const refused = {
  reasons: {
    cut: {
      title: "Dieser Link ist nicht vollständig",
      text: "Sein Ende ging unterwegs verloren. Öffnen Sie ihn noch einmal aus der E-Mail, oder kopieren Sie ihn ganz in die Adresszeile.",
      note: "Nichts wurde geöffnet, nichts ist verloren.",
    },
    unknown: {
      title: "Wir kennen diese Nachricht nicht",
      text: "Der Link stimmt nicht, oder die Nachricht wurde vor langer Zeit entfernt. Öffnen Sie ihn noch einmal aus der E-Mail.",
      note: "Hilft das nicht, bitten Sie den Absender, Ihnen neu zu schreiben.",
    },
    expired: {
      title: "Diese Nachricht ist abgelaufen",
      text: "Ihre Frist ist vorbei, ihr Inhalt wurde vernichtet. Niemand kann sie mehr lesen.",
    },
    used_up: {
      title: "Alle Öffnungen sind verbraucht",
      text: "Sie wurde so oft geöffnet wie vorgesehen und dann vernichtet. Das waren nicht Sie? Geben Sie dem Absender sofort Bescheid.",
    },
    revoked: {
      title: "Der Absender hat diese Nachricht zurückgezogen",
      text: "Sie lässt sich nicht mehr öffnen. Wenn Sie sie brauchen, bitten Sie um ein neues Exemplar.",
    },
    destroyed: {
      title: "Diese Nachricht wurde vernichtet",
      text: "Ihr Inhalt existiert nicht mehr. Wenn Sie sie brauchen, bitten Sie um ein neues Exemplar.",
    },
    timeOver: {
      title: "Die 60 Minuten sind vorbei",
      text: "Diese Öffnung ist beendet. Die Seite zeigt die Nachricht nicht mehr an.",
    },
    locked: {
      title: "Gesperrt nach zu vielen falschen Passwörtern",
      text: "Die Nachricht ist sicher und bleibt zu. Keine Öffnung ging verloren.",
      until: (a: { wait: string }) => `Sie können es in ${a.wait} erneut versuchen.`,
    },
    offline: {
      title: "Keine Verbindung",
      text: "Wir erreichen den Server nicht. Prüfen Sie Ihre Internetverbindung und versuchen Sie es erneut.",
      note: "Keine Öffnung ging verloren.",
    },
    unavailable: {
      title: "Der Server antwortet gerade nicht",
      text: "Versuchen Sie es gleich noch einmal. Ihr Link bleibt gültig.",
      note: "Keine Öffnung ging verloren.",
    },
    tooMany: {
      title: "Zu viele Versuche",
      text: "Warten Sie etwas und versuchen Sie es erneut. Nichts ist verloren.",
    },
    integrity: {
      title: "Diese Nachricht wurde unterwegs verändert",
      text: "Angekommen ist nicht das, was der Absender versiegelt hat. Zu Ihrer Sicherheit zeigen wir es nicht an.",
      note: "Versuchen Sie es erneut. Passiert es wieder, rufen Sie den Absender an.",
    },
    version: {
      title: "Diese Seite ist älter als die Nachricht",
      text: "Die Nachricht entstand mit einer neueren Version. Laden Sie die Seite neu, um die neueste zu erhalten.",
    },
    wrongLink: {
      title: "Dieser Link öffnet die Nachricht nicht",
      text: "Ein Teil wurde unterwegs verändert. Öffnen Sie ihn noch einmal aus der E-Mail, oder kopieren Sie ihn ganz.",
      note: "Nichts wurde geöffnet, nichts ist verloren.",
    },
    internal: {
      title: "Bei uns ist etwas schiefgegangen",
      text: "Versuchen Sie es erneut. Passiert es wieder, geben Sie dem Absender Bescheid.",
      note: "Keine Öffnung ging verloren.",
    },
  },
  again: "Erneut versuchen",
  reload: "Seite neu laden",
  askCopy: "Um ein neues Exemplar bitten",
  askCopyNote: (a: { sender: string }) => `${a.sender} erhält Ihre Bitte und entscheidet.`,
  askCopyDone: (a: { sender: string }) =>
    `Ihre Bitte liegt bei ${a.sender}. Bei einer Zusage erhalten Sie eine neue E-Mail; diese Seite können Sie schließen.`,
  notMe: "Melden: Das war nicht ich",
  notMeDone: (a: { sender: string }) =>
    `${a.sender} weiß nun, dass Sie es nicht waren. Niemand sonst erfährt von Ihrer Meldung.`,
  failed: "Das hat nicht geklappt. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.",
} satisfies Refused;
