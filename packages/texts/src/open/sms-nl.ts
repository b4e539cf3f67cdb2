/** The code by SMS, in Dutch. */
import { plural } from "../format.ts";
import type { Sms } from "./sms-en.ts";

const nog = (tries: number | undefined) =>
  tries === undefined ? "" : ` Nog ${plural("nl", tries, { one: "1 poging", other: `${tries} pogingen` })}.`;

export const sms = {
  title: "Voer de code uit de sms in",
  sentTo: "Per sms verstuurd naar",
  sentAt: (a: { time: string }) => `om ${a.time}, met de referentie`,
  label: "Code van 6 cijfers",
  hint: (a: { time: string }) => `Geldig tot ${a.time}. Bij het laatste cijfer gaat het bericht open.`,
  hintThenPassword: (a: { time: string }) => `Geldig tot ${a.time}. Daarna volgt het wachtwoord.`,
  confirm: "Code bevestigen",
  confirmCost: "Dit kost nog geen opening.",
  nothing: "Geen sms ontvangen?",
  nothingSpam: "Kijk of uw telefoon bereik heeft. Een sms kan enkele minuten duren.",
  nothingOld: "Een nieuwe code vervangt de eerste niet: elke code die nog geldig is, werkt.",
  again: "Nieuwe sms ontvangen",
  againIn: (a: { seconds: number }) => `Nieuwe sms over ${a.seconds} s`,
  againSent: (a: { reference: string }) => `Een nieuwe sms is onderweg, met de referentie ${a.reference}.`,
  noAccess: "Dit is niet meer mijn nummer",
  noAccessText: (a: { sender: string }) => `Vraag ${a.sender} het naar uw nieuwe nummer te sturen.`,
  wrong: (a: { tries: number | undefined; reference: string }) =>
    `Dit is niet de code met de referentie ${a.reference}.${nog(a.tries)} Er is geen opening verloren.`,
  wrongOut: "Te veel verkeerde codes. Vraag een nieuwe aan. Er is geen opening verloren.",
  expired: "Deze code klopte, maar de 15 minuten zijn voorbij. Vraag een nieuwe aan.",
  tooMany: (a: { wait: string }) => `Te veel pogingen. Probeer het over ${a.wait} opnieuw. Er is niets verloren.`,
  short: "De code heeft 6 cijfers.",
} satisfies Sms;
