/** The code by SMS, in German. */
import { plural } from "../format.ts";
import type { Sms } from "./sms-en.ts";

const noch = (tries: number | undefined) =>
  tries === undefined ? "" : ` Noch ${plural("de", tries, { one: "1 Versuch", other: `${tries} Versuche` })}.`;

export const sms = {
  title: "Geben Sie den Code aus der SMS ein",
  sentTo: "Per SMS gesendet an",
  sentAt: (a: { time: string }) => `um ${a.time}, mit der Referenz`,
  label: "6-stelliger Code",
  hint: (a: { time: string }) => `Gültig bis ${a.time}. Mit der letzten Ziffer öffnet sich die Nachricht.`,
  hintThenPassword: (a: { time: string }) => `Gültig bis ${a.time}. Danach folgt das Passwort.`,
  confirm: "Code bestätigen",
  confirmCost: "Das zählt noch nicht als Öffnung.",
  nothing: "Keine SMS erhalten?",
  nothingSpam: "Prüfen Sie, ob Ihr Telefon Empfang hat. Eine SMS kann einige Minuten brauchen.",
  nothingOld: "Ein neuer Code ersetzt den ersten nicht: Jeder noch gültige Code funktioniert.",
  again: "Neue SMS erhalten",
  againIn: (a: { seconds: number }) => `Neue SMS in ${a.seconds} s`,
  againSent: (a: { reference: string }) => `Eine neue SMS ist unterwegs, mit der Referenz ${a.reference}.`,
  noAccess: "Das ist nicht mehr meine Nummer",
  noAccessText: (a: { sender: string }) => `Bitten Sie ${a.sender}, sie an Ihre neue Nummer zu senden.`,
  wrong: (a: { tries: number | undefined; reference: string }) =>
    `Das ist nicht der Code mit der Referenz ${a.reference}.${noch(a.tries)} Keine Öffnung ging verloren.`,
  wrongOut: "Zu viele falsche Codes. Fordern Sie einen neuen an. Keine Öffnung ging verloren.",
  expired: "Dieser Code war richtig, aber seine 15 Minuten sind vorbei. Fordern Sie einen neuen an.",
  tooMany: (a: { wait: string }) => `Zu viele Versuche. Versuchen Sie es in ${a.wait} erneut. Nichts ist verloren.`,
  short: "Der Code hat 6 Ziffern.",
} satisfies Sms;
