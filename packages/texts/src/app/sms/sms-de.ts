/** Mobile numbers and passing links on, in German. */
import type { SmsPageTexts } from "./sms-en.ts";

export const sms = {
  numbers: "Mobilnummern",
  number: "Mobilnummer",
  numberOf: (a: { name: string }) => `Mobilnummer von ${a.name}`,
  numberHint: (a: { prefix: string; country: string }) => `Ohne Vorwahl: +${a.prefix}, ${a.country}`,
  numberWrong: "Das ist keine Mobilnummer. Schreiben Sie sie mit der Landesvorwahl, wie +49 1512 3456789.",
  countryRefused: "Dieser Server schreibt nicht an Nummern dieses Landes.",
  nobody: "Geben Sie zuerst die Empfänger an: Ihre Nummern kommen hierher.",
  mailProgram: "Im eigenen Mailprogramm schreiben",
  mailFile: "E-Mail als Datei",
  mailFileHint: "Die Datei öffnet sich in Outlook und Thunderbird, fertig zum Senden.",
  secretSms: (a: { name: string }) => `SMS an ${a.name}`,
  secretSent: (a: { name: string }) => `Der Link zum Passwort geht per SMS an ${a.name}.`,
  secretTitle: "Per SMS",
  secretNoNumbers: "Geben Sie eine Mobilnummer an, um ihn per SMS zu senden.",
  country: "Vorwahl der Mobilnummern",
  countryHint: "Für Nummern, die Sie ohne Vorwahl eingeben.",
} satisfies SmsPageTexts;
