/** Why a message does not open, and what to do, in French. */
import type { Refused } from "./refused-en.ts";

export const refused = {
  reasons: {
    cut: {
      title: "Ce lien n’est pas complet",
      text: "Sa fin s’est perdue en route. Rouvrez-le depuis le courriel, ou copiez le lien entier dans la barre d’adresse.",
      note: "Rien n’a été ouvert et rien n’est perdu.",
    },
    unknown: {
      title: "Nous ne connaissons pas ce message",
      text: "Le lien est inexact, ou le message a été retiré il y a longtemps. Rouvrez-le depuis le courriel.",
      note: "Si rien ne change, demandez à l’expéditeur de vous écrire à nouveau.",
    },
    expired: {
      title: "Ce message a expiré",
      text: "Sa date est passée et son contenu a été détruit. Plus personne ne peut le lire.",
    },
    used_up: {
      title: "Toutes les ouvertures ont été utilisées",
      text: "Il a été ouvert le nombre de fois prévu, puis détruit. Ce n’était pas vous ? Prévenez l’expéditeur sans attendre.",
    },
    revoked: {
      title: "L’expéditeur a retiré ce message",
      text: "Il ne peut plus être ouvert. Si vous en avez besoin, demandez un nouvel exemplaire.",
    },
    destroyed: {
      title: "Ce message a été détruit",
      text: "Son contenu n’existe plus. Si vous en avez besoin, demandez un nouvel exemplaire.",
    },
    timeOver: {
      title: "Les 60 minutes sont passées",
      text: "Cette ouverture est terminée. La page n’affiche plus le message.",
    },
    locked: {
      title: "Bloqué après trop de mots de passe inexacts",
      text: "Le message est à l’abri et reste fermé. Aucune ouverture n’est perdue.",
      until: (a: { wait: string }) => `Vous pourrez réessayer dans ${a.wait}.`,
    },
    offline: {
      title: "Pas de connexion",
      text: "Nous n’arrivons pas à joindre le serveur. Vérifiez votre connexion à internet, puis réessayez.",
      note: "Aucune ouverture n’est perdue.",
    },
    unavailable: {
      title: "Le serveur ne répond pas pour le moment",
      text: "Réessayez dans un instant. Votre lien fonctionne toujours.",
      note: "Aucune ouverture n’est perdue.",
    },
    tooMany: {
      title: "Trop d’essais",
      text: "Attendez un peu, puis réessayez. Rien n’est perdu.",
    },
    integrity: {
      title: "Ce message a été modifié en route",
      text: "Ce qui est arrivé n’est pas ce que l’expéditeur a scellé. Pour votre sécurité, nous ne l’affichons pas.",
      note: "Réessayez. Si cela se reproduit, prévenez l’expéditeur par téléphone.",
    },
    version: {
      title: "Cette page est plus ancienne que le message",
      text: "Le message a été fait avec une version plus récente. Rechargez la page pour obtenir la dernière.",
    },
    wrongLink: {
      title: "Ce lien n’ouvre pas le message",
      text: "Une partie a changé en route. Rouvrez-le depuis le courriel, ou copiez le lien entier.",
      note: "Rien n’a été ouvert et rien n’est perdu.",
    },
    internal: {
      title: "Un problème est survenu chez nous",
      text: "Réessayez. Si cela se reproduit, prévenez l’expéditeur.",
      note: "Aucune ouverture n’est perdue.",
    },
  },
  again: "Réessayer",
  reload: "Recharger la page",
  askCopy: "Demander un nouvel exemplaire",
  askCopyNote: (a: { sender: string }) => `${a.sender} reçoit votre demande et décide.`,
  askCopyDone: (a: { sender: string }) =>
    `Votre demande est chez ${a.sender}. Si elle est acceptée, vous recevrez un nouveau courriel ; vous pouvez fermer cette page.`,
  notMe: "Signaler : ce n’était pas moi",
  notMeDone: (a: { sender: string }) =>
    `${a.sender} sait maintenant que ce n’était pas vous. Personne d’autre n’est prévenu.`,
  failed: "Cela n’a pas fonctionné. Vérifiez votre connexion et réessayez.",
} satisfies Refused;
