/** Code, password and the open letter, in French. */
import { plural } from "../format.ts";
import type { Steps } from "./steps-en.ts";

const essais = (tries: number) => plural("fr", tries, { one: `${tries} essai`, other: `${tries} essais` });

export const steps = {
  code: {
    title: "Saisissez le code reçu",
    sentTo: "Envoyé à",
    sentAt: (a: { time: string }) => `à ${a.time}, avec la référence`,
    label: "Code à 8 chiffres",
    hint: (a: { time: string }) => `Valable jusqu’à ${a.time}. Le message s’ouvre au dernier chiffre.`,
    hintThenPassword: (a: { time: string }) => `Valable jusqu’à ${a.time}. Le mot de passe vient ensuite.`,
    privateComputer: "Cet appareil est privé",
    privateComputerNote: "Ne plus demander de code ici pendant 12 heures.",
    confirm: "Confirmer le code",
    confirmCost: "Aucune ouverture n’est encore utilisée.",
    nothing: "Rien reçu ?",
    nothingSpam: "Regardez dans les indésirables ; certains fournisseurs mettent jusqu’à 10 minutes.",
    nothingOld: "Un nouveau code n’annule pas le premier : tout code encore valable fonctionne.",
    again: "Recevoir un autre code",
    againIn: (a: { seconds: number }) => `Un autre code dans ${a.seconds} s`,
    againSent: (a: { reference: string }) => `Un autre code est en route, avec la référence ${a.reference}.`,
    noAccess: "Je n’ai plus accès à cette adresse",
    noAccessText: (a: { sender: string }) => `Demandez à ${a.sender} de vous l’envoyer à une autre adresse.`,
    wrong: (a: { tries: number | undefined; reference: string }) =>
      `Ce n’est pas le code de référence ${a.reference}.${a.tries === undefined ? "" : ` Encore ${essais(a.tries)}.`} Aucune ouverture n’est perdue.`,
    wrongOut: "Trop de codes inexacts. Demandez-en un autre. Aucune ouverture n’est perdue.",
    expired: "Ce code était le bon, mais ses 15 minutes sont passées. Demandez-en un autre.",
    tooMany: (a: { wait: string }) => `Trop d’essais. Recommencez dans ${a.wait}. Rien n’est perdu.`,
    short: "Le code compte 8 chiffres.",
  },
  password: {
    title: "Saisissez le mot de passe",
    lead: (a: { sender: string }) =>
      `${a.sender} a protégé ce message par un mot de passe, et vous l’a donné par un autre moyen.`,
    label: "Mot de passe",
    show: "Afficher le mot de passe",
    hide: "Masquer le mot de passe",
    wrong: (a: { tries: number | undefined }) =>
      a.tries === undefined
        ? "Mot de passe inexact. Rien n’a été ouvert."
        : `Mot de passe inexact. Rien n’a été ouvert ; encore ${essais(a.tries)}.`,
    empty: "Saisissez d’abord le mot de passe.",
    forgotten: "Je n’ai pas le mot de passe",
    forgottenText: (a: { sender: string }) =>
      `Nous ne le connaissons pas, et personne ne peut le retrouver. Demandez-le à ${a.sender}, de préférence par téléphone.`,
    working: "Vérification du mot de passe…",
  },
  letter: {
    noSubject: "(sans objet)",
    claim: {
      title: "Ce message annonce un autre expéditeur",
      text: (a: { claimed: string; proven: string }) =>
        `Il se dit envoyé par ${a.claimed}, mais c’est ${a.proven} qui l’a envoyé. Seule la seconde adresse est vérifiée. Renseignez-vous par un autre moyen avant de vous y fier.`,
    },
    to: "À",
    copyTo: "copie à",
    print: "Imprimer la lettre",
    empty: "Ce message ne contient pas de texte.",
    last: {
      title: (a: { left: string }) => `C’est la dernière ouverture : il reste ${a.left}`,
      text: (a: { time: string }) =>
        `Jusqu’à ${a.time}, vous pouvez recharger la page et finir les téléchargements dans ce navigateur. Ensuite, le message et ses fichiers seront détruits.`,
    },
    open: {
      title: (a: { time: string }) => `Ouvert dans ce navigateur jusqu’à ${a.time}`,
      text: (a: { left: number }) =>
        `Ensuite, il restera ${plural("fr", a.left, { one: `${a.left} ouverture`, other: `${a.left} ouvertures` })}.`,
    },
    minutes: (a: { minutes: number }) =>
      plural("fr", a.minutes, { one: `${a.minutes} minute`, other: `${a.minutes} minutes` }),
    lessThanMinute: "moins d’une minute",
    over: {
      title: "Les 60 minutes sont passées",
      last: "Le message et ses fichiers sont en cours de destruction. Ce que vous avez téléchargé reste chez vous.",
      more: "Le message est refermé. Vous pouvez le rouvrir avec votre lien.",
      again: "Le rouvrir",
    },
  },
} satisfies Steps;
