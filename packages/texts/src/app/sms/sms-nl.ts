/** Mobile numbers and passing links on, in Dutch. */
import type { SmsPageTexts } from "./sms-en.ts";

export const sms = {
  numbers: "Mobiele nummers",
  number: "Mobiel nummer",
  numberOf: (a: { name: string }) => `Mobiel van ${a.name}`,
  numberHint: (a: { prefix: string; country: string }) => `Zonder landnummer: +${a.prefix}, ${a.country}`,
  numberWrong: "Dit is geen mobiel nummer. Schrijf het met het landnummer, zoals +31 6 12 34 56 78.",
  countryRefused: "Deze server stuurt niet naar nummers van dit land.",
  nobody: "Vul eerst in aan wie: ieders nummer komt hier.",
  mailProgram: "In mijn e-mailprogramma schrijven",
  mailFile: "E-mail als bestand",
  mailFileHint: "Het bestand opent in Outlook en Thunderbird, klaar om te versturen.",
  secretSms: (a: { name: string }) => `Sms naar ${a.name}`,
  secretSent: (a: { name: string }) => `De link naar het wachtwoord gaat per sms naar ${a.name}.`,
  secretTitle: "Per sms",
  secretNoNumbers: "Geef een mobiel nummer om hem per sms te sturen.",
  country: "Landnummer van mobiele nummers",
  countryHint: "Voor nummers die u zonder landnummer typt.",
} satisfies SmsPageTexts;
