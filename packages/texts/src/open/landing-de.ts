/** The recipient's landing page, in German. Sie; quotation marks „ “; never says: Token, Grant, Fragment. */
import { plural } from "../format.ts";
import type { Landing } from "./landing-en.ts";

export const landing = {
  page: {
    title: (a: { sender: string }) => `Vertrauliche Nachricht von ${a.sender}`,
    untitled: "Vertrauliche Nachricht",
    kicker: "Vertrauliche Nachricht, versiegelt",
    loading: "Einen Augenblick…",
    language: "Sprache",
    sealedWith: "Versiegelt mit Pli",
    reload: "Seite neu laden",
    failed: "Das hat nicht geklappt. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.",
  },
  landing: {
    title: (a: { sender: string }) => `${a.sender} hat Ihnen geschrieben`,
    toAll: (a: { name: string; address: string }) =>
      `Eine Antwort auf die Nachricht von ${a.name} (${a.address}), für alle darin Genannten.`,
    to: "Gerichtet an",
    before: "Zu öffnen bis",
    thenDestroyed: (a: { wait: string }) => `noch ${a.wait}; danach wird sie vernichtet`,
    openings: "Öffnungen",
    left: (a: { left: number; total: number }) => `noch ${a.left} von ${a.total}`,
    openingLasts: "eine Öffnung gilt 60 Minuten in diesem Browser",
    askCode: "Code per E-Mail erhalten",
    askCodeCost:
      "Wir senden einen 8-stelligen Code an die Adresse oben. Die Nachricht bleibt zu: Das zählt noch nicht als Öffnung.",
    askSms: "Code per SMS erhalten",
    askSmsCost: "Wir senden einen 6-stelligen Code an Ihr Telefon. Das zählt noch nicht als Öffnung.",
    toPassword: "Passwort eingeben",
    toPasswordCost: "Sie haben es vom Absender auf anderem Weg erhalten. Das zählt noch nicht als Öffnung.",
    read: "Nachricht lesen",
    readCost: (a: { left: number }) =>
      `Verbraucht ${plural("de", a.left, { one: "die letzte Öffnung", other: `1 von noch ${a.left} Öffnungen` })}.`,
    readAgain: "Weiterlesen",
    readAgainCost: (a: { time: string }) =>
      `Sie haben sie in diesem Browser geöffnet. Bis ${a.time} kostet das keine weitere Öffnung.`,
    assurance: (a: { sender: string }) =>
      `Nur Sie und ${a.sender} können diese Nachricht lesen. Entschlüsselt wird sie hier, in Ihrem Browser.`,
    genuine: "Woran erkenne ich, dass sie echt ist?",
    genuineHost: "Die Adresse dieser Seite beginnt mit",
    genuineAsk: "Wir fragen nie nach einer Bankkarte oder nach dem Passwort Ihres Postfachs.",
    genuineCall: "Rufen Sie im Zweifel den Absender an, unter einer Nummer, die Sie schon kennen.",
    notForYou: "Ist diese Nachricht nicht für Sie?",
    notForYouText: "Öffnen Sie sie nicht. Geben Sie dem Absender Bescheid; er kann sie zurückziehen.",
    notForYouAct: (a: { sender: string }) => `${a.sender} Bescheid geben`,
    notForYouDone: (a: { sender: string }) => `Danke. ${a.sender} weiß nun, dass diese Nachricht nicht für Sie ist.`,
  },
} satisfies Landing;
