/** Les numéros de mobile et la transmission des liens, en français. */
import type { SmsPageTexts } from "./sms-en.ts";

export const sms = {
  numbers: "Numéros de mobile",
  number: "Numéro de mobile",
  numberOf: (a: { name: string }) => `Mobile de ${a.name}`,
  numberHint: (a: { prefix: string; country: string }) => `Sans indicatif : +${a.prefix}, ${a.country}`,
  numberWrong: "Ce n’est pas un numéro de mobile. Écrivez-le avec l’indicatif du pays, comme +33 6 12 34 56 78.",
  countryRefused: "Ce serveur n’écrit pas aux numéros de ce pays.",
  nobody: "Indiquez d’abord les destinataires : le numéro de chacun se saisit ici.",
  mailProgram: "Écrire dans ma messagerie",
  mailFile: "Courriel en fichier",
  mailFileHint: "Le fichier s’ouvre dans Outlook et Thunderbird, prêt à partir.",
  secretSms: (a: { name: string }) => `SMS à ${a.name}`,
  secretSent: (a: { name: string }) => `Le lien vers le mot de passe part par SMS à ${a.name}.`,
  secretTitle: "Par SMS",
  secretNoNumbers: "Donnez un numéro de mobile pour l’envoyer par SMS.",
  country: "Indicatif des numéros de mobile",
  countryHint: "Pour les numéros que vous saisissez sans indicatif.",
} satisfies SmsPageTexts;
