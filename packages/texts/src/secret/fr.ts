/** The page of a one-time secret, in French. Typography: ’ « » and a narrow no-break space before ? ! ; and :. */
import { plural } from "../format.ts";
import type { Secret } from "./en.ts";

export const secret = {
  page: {
    title: (a) => `Secret de ${a.sender}`,
    untitled: "Secret à usage limité",
    kicker: "Secret à usage limité, scellé",
    loading: "Un instant…",
    language: "Langue",
    sealedWith: "Scellé avec Pli",
    reload: "Recharger la page",
    failed: "Cela n’a pas fonctionné. Vérifiez votre connexion et réessayez.",
  },
  landing: {
    title: (a) => `${a.sender} vous confie un secret`,
    before: "À afficher avant",
    thenDestroyed: (a) => `dans ${a.wait} ; ensuite, il sera détruit`,
    views: "Affichages",
    left: (a) =>
      plural("fr", a.left, { one: `${a.left} restant sur ${a.total}`, other: `${a.left} restants sur ${a.total}` }),
    reveal: "Afficher le secret",
    cost: (a) =>
      a.left === 1
        ? "Utilise le dernier affichage : le secret est ensuite détruit."
        : `Utilise 1 des ${a.left} affichages restants. Recharger la page en demande un autre.`,
    assurance: "Il se déchiffre ici, dans votre navigateur. Notre serveur ne peut pas le lire.",
    genuine: "Comment vérifier que c’est authentique ?",
    genuineHost: "L’adresse de cette page commence par",
    genuineAsk: "Nous ne demandons jamais de carte bancaire ni le mot de passe de votre messagerie.",
    genuineCall: "En cas de doute, appelez l’expéditeur à un numéro que vous connaissez déjà.",
  },
  password: {
    label: "Mot de passe",
    hint: "L’expéditeur vous l’a donné par un autre moyen.",
    show: "Afficher le mot de passe",
    hide: "Masquer le mot de passe",
    empty: "Saisissez d’abord le mot de passe.",
    wrong: (a) =>
      a.tries === undefined
        ? "Mot de passe inexact. Aucun affichage n’est utilisé."
        : `Mot de passe inexact. Aucun affichage n’est utilisé ; il reste ${plural("fr", a.tries, { one: `${a.tries} essai`, other: `${a.tries} essais` })}.`,
    tooMany: (a) => `Trop d’essais. Réessayez dans ${a.wait}. Rien n’est perdu.`,
    working: "Ouverture du secret…",
  },
  shown: {
    title: (a) => `Le secret de ${a.sender}`,
    text: "Texte du secret",
    copy: "Copier le secret",
    copied: "Le secret est copié.",
    notCopied: "Ce navigateur ne l’a pas copié. Sélectionnez plutôt le texte.",
    hide: "Le masquer maintenant",
    hidesIn: (a) => `Masqué dans ${a.seconds} s`,
    hidden: "Le secret est masqué.",
    hiddenText: "Il reste sur cette page jusqu’à sa fermeture. L’afficher à nouveau ici n’utilise aucun affichage.",
    again: "L’afficher à nouveau",
    last: "C’était le dernier affichage : le secret est détruit sur le serveur.",
    left: (a) =>
      plural("fr", a.left, { one: `Il reste ${a.left} affichage.`, other: `Il reste ${a.left} affichages.` }),
    keep: "Copiez-le là où il doit aller avant de fermer cette page.",
  },
  refused: {
    cut: { title: "Ce lien n’est pas complet", text: "Sa fin s’est perdue en route. Copiez le lien entier." },
    unknown: {
      title: "Nous ne connaissons pas ce secret",
      text: "Le lien est inexact, ou le secret a pris fin il y a longtemps.",
    },
    wrongLink: {
      title: "Ce lien n’ouvre pas le secret",
      text: "Une partie a changé en route. Aucun affichage n’est utilisé.",
    },
    expired: {
      title: "Ce secret a expiré",
      text: "Sa date est passée et il a été détruit. Demandez-en un autre à l’expéditeur.",
    },
    used_up: {
      title: "Ce secret a déjà été affiché",
      text: "Il a été affiché le nombre de fois prévu, puis détruit. Ce n’était pas vous ? Prévenez l’expéditeur sans attendre.",
    },
    destroyed: {
      title: "L’expéditeur a détruit ce secret",
      text: "Il ne peut plus être affiché. Demandez-en un autre à l’expéditeur.",
    },
    locked: {
      title: "Bloqué après trop de mots de passe inexacts",
      text: "Le secret est à l’abri et reste fermé. Réessayez plus tard.",
    },
    tooMany: { title: "Trop d’essais", text: "Attendez un peu, puis réessayez. Rien n’est perdu." },
    offline: {
      title: "Pas de connexion",
      text: "Nous n’arrivons pas à joindre le serveur. Vérifiez votre connexion, puis réessayez.",
    },
    lost: {
      title: "La connexion s’est coupée pendant l’ouverture",
      text: "La réponse n’est pas arrivée. Un affichage a peut-être été utilisé. Réessayez.",
    },
    integrity: {
      title: "Ce secret a été modifié en route",
      text: "Ce qui est arrivé n’est pas ce qui a été scellé. Nous ne l’affichons pas. Prévenez l’expéditeur.",
    },
    version: {
      title: "Cette page est plus ancienne que le secret",
      text: "Rechargez la page pour obtenir la plus récente.",
    },
    internal: {
      title: "Un problème est survenu de notre côté",
      text: "Réessayez. Si cela se reproduit, prévenez l’expéditeur.",
    },
    wait: (a) => `Vous pourrez réessayer dans ${a.wait}.`,
    again: "Réessayer",
  },
} satisfies Secret;
