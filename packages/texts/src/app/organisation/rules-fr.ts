/** Ce qu’une organisation règle pour ses membres : chaque règle, et ce qu’elle veut dire en une phrase. Français. */
import type { OrganisationTexts } from "./rules-en.ts";

export const organisation: OrganisationTexts = {
  title: "Organisation",
  lead: (a) => `Ce qui vaut pour tous chez ${a.name}. Un changement vaut dès le message suivant.`,
  untouched: "Rien n’a encore été changé : ce sont les réglages de Pli.",
  changed: (a) => `Dernier changement par ${a.name}, ${a.date}.`,
  lock: "Les membres ne peuvent pas le changer",
  lockedByAll: "Tout est verrouillé plus bas.",
  saving: "Enregistrement…",
  saved: "Enregistré",
  savedRule: (a) => `Enregistré : ${a.rule}`,
  undo: "Annuler",
  undone: "Comme avant",
  raceTitle: "Quelqu’un d’autre a changé ces réglages",
  raceText:
    "Vous les voyez tels qu’ils sont maintenant. Votre dernier changement n’est pas enregistré : refaites-le si vous le voulez encore.",
  failedTitle: "Pas enregistré",
  between: (a) => `Un nombre entier de ${a.least} à ${a.most}.`,
  keepOne: "Il doit rester au moins une langue.",
  doesNotFit: "Ce choix ne va pas avec un autre réglage d’ici.",
  ownLanguage: "Celle de chaque membre",

  groups: {
    protection: { title: "Protection", lead: "Ce qu’il faut à un message avant de pouvoir partir." },
    life: {
      title: "Ouvertures et expiration",
      lead: "Combien de fois et combien de temps un message peut être ouvert.",
    },
    passwords: {
      title: "Mots de passe",
      lead: "Pour les messages et les secrets. Les mots de passe proposés suivent toujours ces règles.",
    },
    sending: { title: "Envoi", lead: "Comment les messages arrivent, et ce qu’en apprend l’expéditeur." },
    languages: { title: "Langues", lead: "Des courriels et pages des destinataires, et des pages des membres." },
    members: { title: "Membres", lead: "Ce que les membres peuvent décider eux-mêmes." },
  },
  rules: {
    passwordRequired: {
      label: "Mot de passe sur chaque message",
      text: "Activé au départ. Verrouillé, aucun message ne part sans mot de passe.",
    },
    smsRequired: {
      label: "Code SMS sur chaque message",
      text: "Activé au départ. Verrouillé, il faut le numéro de mobile de chaque destinataire.",
    },
    factorsWhenBoth: { label: "Quand les deux sont demandés", text: "Si l’un des deux suffit." },
    protect: {
      label: "Ce qui est scellé",
      text: "Avec les pièces jointes seules, le texte voyage en clair dans le courriel.",
    },
    openings: {
      label: "Ouvertures avec le seul code par courriel",
      text: "Verrouillé, c’est le maximum qu’un expéditeur peut accorder.",
    },
    openingsWithFactor: {
      label: "Ouvertures avec mot de passe ou code SMS",
      text: "Verrouillé, c’est le maximum qu’un expéditeur peut accorder.",
    },
    expiryHours: { label: "Expire après", text: "Verrouillé, c’est la plus longue vie d’un message." },
    expiryMostHours: {
      label: "Expiration la plus longue",
      text: "Aucun message ne vit plus longtemps, quoi que choisisse son expéditeur.",
    },
    passwordSuggestion: {
      label: "Proposer un mot de passe",
      text: "Un bon mot de passe est là aussitôt, et peut être remplacé.",
    },
    passwordLength: { label: "Longueur minimale", text: "En caractères. Verrouillé, un plus court est refusé." },
    passwordUpper: { label: "Une majuscule", text: "Verrouillé, un mot de passe qui n’en a pas est refusé." },
    passwordLower: { label: "Une minuscule", text: "Verrouillé, un mot de passe qui n’en a pas est refusé." },
    passwordDigits: { label: "Un chiffre", text: "Verrouillé, un mot de passe qui n’en a pas est refusé." },
    passwordSpecial: { label: "Un caractère spécial", text: "Verrouillé, un mot de passe qui n’en a pas est refusé." },
    notify: { label: "Prévenir l’expéditeur des ouvertures", text: "Verrouillé, chaque message le fait." },
    deliveryLink: {
      label: "Liens à transmettre",
      text: "Désactivé, les messages partent par courriel seulement, sans lien à copier.",
    },
    deliverySms: { label: "Liens par SMS", text: "Désactivé, aucun lien ne part vers un mobile." },
    recipientLanguages: {
      label: "Langues des destinataires",
      text: "Seules celles-ci peuvent être choisies pour un message.",
    },
    recipientLanguage: {
      label: "Langue de départ",
      text: "Verrouillé, chaque destinataire est servi dans cette langue.",
    },
    memberLanguages: {
      label: "Langues des membres",
      text: "Seules celles-ci peuvent être choisies pour ses propres pages.",
    },
    memberLanguage: {
      label: "Langue des membres",
      text: "Pour qui a une langue non permise ; verrouillé, pour tous.",
    },
    settingsLocked: {
      label: "Tout verrouiller",
      text: "Les membres voient tous ces réglages et n’en changent aucun.",
    },
    chat: { label: "Discussion", text: "Désactivé, un message et ses réponses restent des lettres." },
    secondFactorRequired: {
      label: "Seconde étape à la connexion",
      text: "Les membres doivent en choisir une avant de continuer.",
    },
    secondFactorSms: {
      label: "Seconde étape par SMS",
      text: "Les membres peuvent ajouter un numéro de mobile comme seconde étape, la plus faible de toutes. Désactivé, les numéros déjà ajoutés comptent encore.",
    },
    confirmReplies: {
      label: "Protéger les réponses",
      text: "Les réponses reçues s’affichent seulement après la seconde étape.",
    },
  },
  factorsWhenBoth: { and: "Les deux sont nécessaires", or: "L’un des deux suffit" },
  protect: { message: "Le message entier", attachments: "Les pièces jointes seules" },
};
