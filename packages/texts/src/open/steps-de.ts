/** Code, password and the open letter, in German. */
import { plural } from "../format.ts";
import type { Steps } from "./steps-en.ts";

const tries = (count: number) => plural("de", count, { one: `${count} Versuch`, other: `${count} Versuche` });

export const steps = {
  code: {
    title: "Geben Sie den erhaltenen Code ein",
    sentTo: "Gesendet an",
    sentAt: (a: { time: string }) => `um ${a.time}, mit der Referenz`,
    label: "8-stelliger Code",
    hint: (a: { time: string }) => `Gültig bis ${a.time}. Mit der letzten Ziffer öffnet sich die Nachricht.`,
    hintThenPassword: (a: { time: string }) => `Gültig bis ${a.time}. Danach folgt das Passwort.`,
    privateComputer: "Dies ist mein eigenes Gerät",
    privateComputerNote: "Hier 12 Stunden lang keinen Code mehr verlangen.",
    confirm: "Code bestätigen",
    confirmCost: "Das zählt noch nicht als Öffnung.",
    nothing: "Nichts erhalten?",
    nothingSpam: "Sehen Sie im Spam-Ordner nach; manche Anbieter brauchen bis zu 10 Minuten.",
    nothingOld: "Ein neuer Code ersetzt den ersten nicht: Jeder noch gültige Code funktioniert.",
    again: "Neuen Code erhalten",
    againIn: (a: { seconds: number }) => `Neuer Code in ${a.seconds} s`,
    againSent: (a: { reference: string }) => `Ein neuer Code ist unterwegs, mit der Referenz ${a.reference}.`,
    noAccess: "Ich habe keinen Zugang mehr zu diesem Postfach",
    noAccessText: (a: { sender: string }) => `Bitten Sie ${a.sender}, an eine andere Adresse zu senden.`,
    wrong: (a: { tries: number | undefined; reference: string }) =>
      `Das ist nicht der Code mit der Referenz ${a.reference}.${a.tries === undefined ? "" : ` Noch ${tries(a.tries)}.`} Keine Öffnung ging verloren.`,
    wrongOut: "Zu viele falsche Codes. Fordern Sie einen neuen an. Keine Öffnung ging verloren.",
    expired: "Dieser Code war richtig, aber seine 15 Minuten sind vorbei. Fordern Sie einen neuen an.",
    tooMany: (a: { wait: string }) => `Zu viele Versuche. Versuchen Sie es in ${a.wait} erneut. Nichts ist verloren.`,
    short: "Der Code hat 8 Ziffern.",
  },
  password: {
    title: "Geben Sie das Passwort ein",
    lead: (a: { sender: string }) =>
      `${a.sender} hat diese Nachricht mit einem Passwort geschützt und es Ihnen auf anderem Weg gegeben.`,
    label: "Passwort",
    show: "Passwort anzeigen",
    hide: "Passwort verbergen",
    wrong: (a: { tries: number | undefined }) =>
      a.tries === undefined
        ? "Falsches Passwort. Nichts wurde geöffnet."
        : `Falsches Passwort. Nichts wurde geöffnet; noch ${tries(a.tries)}.`,
    empty: "Geben Sie zuerst das Passwort ein.",
    forgotten: "Ich habe das Passwort nicht",
    forgottenText: (a: { sender: string }) =>
      `Wir kennen es nicht, und niemand kann es wiederherstellen. Fragen Sie ${a.sender}, am besten am Telefon.`,
    working: "Passwort wird geprüft…",
  },
  letter: {
    noSubject: "(ohne Betreff)",
    claim: {
      title: "Diese Nachricht nennt einen anderen Absender",
      text: (a: { claimed: string; proven: string }) =>
        `Sie gibt an, von ${a.claimed} zu kommen, gesendet hat sie aber ${a.proven}. Nur die zweite Adresse ist geprüft. Fragen Sie auf anderem Weg nach, bevor Sie ihr vertrauen.`,
    },
    to: "An",
    copyTo: "Kopie an",
    print: "Brief drucken",
    empty: "Diese Nachricht enthält keinen Text.",
    last: {
      title: (a: { left: string }) => `Dies ist die letzte Öffnung: noch ${a.left}`,
      text: (a: { time: string }) =>
        `Bis ${a.time} können Sie in diesem Browser die Seite neu laden und Downloads beenden. Danach werden die Nachricht und ihre Dateien vernichtet.`,
    },
    open: {
      title: (a: { time: string }) => `In diesem Browser offen bis ${a.time}`,
      text: (a: { left: number }) =>
        plural("de", a.left, {
          one: `Danach bleibt noch ${a.left} Öffnung.`,
          other: `Danach bleiben noch ${a.left} Öffnungen.`,
        }),
    },
    minutes: (a: { minutes: number }) =>
      plural("de", a.minutes, { one: `${a.minutes} Minute`, other: `${a.minutes} Minuten` }),
    lessThanMinute: "weniger als eine Minute",
    over: {
      title: "Die 60 Minuten sind vorbei",
      last: "Die Nachricht und ihre Dateien werden gerade vernichtet. Was Sie heruntergeladen haben, bleibt bei Ihnen.",
      more: "Die Nachricht ist wieder zu. Mit Ihrem Link können Sie sie noch einmal öffnen.",
      again: "Wieder öffnen",
    },
  },
} satisfies Steps;
