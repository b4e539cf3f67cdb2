/** Ce que reçoivent les membres : la liste des réponses et la lecture. Français. */
import { plural } from "../../format.ts";
import type { received as en } from "./en.ts";

export const received = {
  title: "Reçus",
  listLabel: "Messages reçus",
  emptyTitle: "Rien reçu encore",
  emptyText: "Quand quelqu’un répond à l’un de vos messages, sa réponse arrive ici, scellée pour vous seul.",
  emptyAction: "Écrire un message",
  locked: "Verrouillé : déverrouillez pour lire",
  unread: "nouveau",
  files: (a: { count: number }) => plural("fr", a.count, { one: `${a.count} fichier`, other: `${a.count} fichiers` }),
  keptUntil: (a: { date: string }) => `gardé jusqu’au ${a.date}`,
  unreadable: "Ne peut être ouvert",
  noSubject: "Sans objet",
  back: "Reçus",
  from: "De",
  to: "À",
  inReplyTo: "En réponse à votre message",
  answer: (a: { name: string }) => `Répondre à ${a.name}`,
  remove: "Supprimer",
  removeTitle: "Supprimer ce message ?",
  removeText: "Le texte et les fichiers disparaîtront pour de bon. Téléchargez d’abord ce que vous voulez garder.",
  removeAction: "Supprimer le message",
  removed: "Supprimé",
  keep: "Le garder",
  print: "Imprimer",
  unlockTitle: "Déverrouillez pour lire",
  unlockText: "Ce message est scellé pour vos clés. Déverrouillez une fois sur cet appareil.",
  assure: "Scellé pour vous : le serveur n’a pas pu le lire.",
} satisfies typeof en;
