/** Le code par SMS, en français. */
import { plural } from "../format.ts";
import type { Sms } from "./sms-en.ts";

const reste = (tries: number | undefined) =>
  tries === undefined ? "" : ` Encore ${plural("fr", tries, { one: `${tries} essai`, other: `${tries} essais` })}.`;

export const sms = {
  title: "Saisissez le code du SMS",
  sentTo: "Envoyé par SMS au",
  sentAt: (a: { time: string }) => `à ${a.time}, avec la référence`,
  label: "Code à 6 chiffres",
  hint: (a: { time: string }) => `Valable jusqu’à ${a.time}. Le message s’ouvre au dernier chiffre.`,
  hintThenPassword: (a: { time: string }) => `Valable jusqu’à ${a.time}. Le mot de passe vient ensuite.`,
  confirm: "Confirmer le code",
  confirmCost: "Aucune ouverture n’est encore utilisée.",
  nothing: "Pas de SMS ?",
  nothingSpam: "Vérifiez que votre téléphone capte. Un SMS peut mettre quelques minutes.",
  nothingOld: "Un nouveau code n’annule pas le premier : tout code encore valable fonctionne.",
  again: "Recevoir un autre SMS",
  againIn: (a: { seconds: number }) => `Un autre SMS dans ${a.seconds} s`,
  againSent: (a: { reference: string }) => `Un autre SMS est en route, avec la référence ${a.reference}.`,
  noAccess: "Ce numéro n’est plus le mien",
  noAccessText: (a: { sender: string }) => `Demandez à ${a.sender} de l’envoyer avec votre nouveau numéro.`,
  wrong: (a: { tries: number | undefined; reference: string }) =>
    `Ce n’est pas le code de référence ${a.reference}.${reste(a.tries)} Aucune ouverture n’est perdue.`,
  wrongOut: "Trop de codes inexacts. Demandez-en un autre. Aucune ouverture n’est perdue.",
  expired: "Ce code était le bon, mais ses 15 minutes sont passées. Demandez-en un autre.",
  tooMany: (a: { wait: string }) => `Trop d’essais. Recommencez dans ${a.wait}. Rien n’est perdu.`,
  short: "Le code compte 6 chiffres.",
} satisfies Sms;
