/** The files of a message and their previews, in French. */
import { plural } from "../format.ts";
import type { Files } from "./files-en.ts";

export const files = {
  files: {
    title: (a: { count: number }) =>
      plural("fr", a.count, { one: `${a.count} pièce jointe`, other: `${a.count} pièces jointes` }),
    all: "Tout télécharger (ZIP)",
    allName: "pieces-jointes",
    preview: "Aperçu",
    hidePreview: "Fermer",
    show: "Afficher",
    viewOnly: "à consulter seulement",
    download: (a: { name: string }) => `Télécharger ${a.name}`,
    downloadAgain: (a: { name: string }) => `Télécharger encore ${a.name}`,
    downloading: (a: { name: string }) => `Téléchargement de ${a.name}`,
    pause: (a: { name: string }) => `Suspendre ${a.name}`,
    resume: (a: { name: string }) => `Reprendre ${a.name}`,
    cancel: (a: { name: string }) => `Arrêter ${a.name}`,
    done: "complet et vérifié",
    paused: "suspendu",
    waiting: "connexion perdue, nous reprendrons de nous-mêmes",
    verifying: "vérification",
    progress: (a: { done: string; total: string }) => `${a.done} sur ${a.total}`,
    speed: (a: { size: string }) => `${a.size}/s`,
    left: (a: { wait: string }) => `encore ${a.wait}`,
    failed: "non téléchargé",
    changed: "modifié en route : non enregistré",
    noRoom: "plus de place sur cet appareil",
    ended: "les 60 minutes sont passées",
    again: "Réessayer",
    announceDone: (a: { name: string }) => `${a.name} est complet et vérifié.`,
    announceFailed: (a: { name: string }) => `${a.name} n’a pas été téléchargé.`,
    bigTitle: "Ce téléchargement est lourd pour ce navigateur",
    bigText: (a: { size: string }) =>
      `Il doit garder ${a.size} en mémoire, et cela peut échouer. Sur ordinateur, Chrome ou Edge écrivent directement sur le disque.`,
    bigGo: "Télécharger quand même",
    bigBack: "Pas maintenant",
  },
  preview: {
    loading: "Déchiffrement…",
    failed: "Ce fichier n’a pas d’aperçu. Vous pouvez le télécharger.",
    truncated: (a: { size: string }) => `Seul le début est affiché (${a.size}). Téléchargez le fichier pour tout voir.`,
    page: (a: { page: number; pages: number }) => `Page ${a.page} sur ${a.pages}`,
    pageImage: (a: { page: number }) => `Page ${a.page}, dessinée comme une image`,
    previous: "Page précédente",
    next: "Page suivante",
    image: (a: { name: string }) => `Image : ${a.name}`,
  },
} satisfies Files;
