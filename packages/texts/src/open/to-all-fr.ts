/** Reply to all, and the receipt of a reply, in French. */
import { plural } from "../format.ts";
import type { ToAll } from "./to-all-en.ts";

export const toAll = {
  legend: "Qui lit votre réponse ?",
  only: (a: { sender: string }) => `${a.sender} seulement`,
  all: (a: { count: number }) =>
    `Répondre à tous : ${plural("fr", a.count, { one: "1 autre personne", other: `${a.count} autres personnes` })}`,
  readers: "La lisent aussi :",
  mail: "Chaque personne reçoit un courriel avec un lien.",
  ends: "L’expéditeur peut la retirer pour tous.",
  hidden: "Votre adresse était cachée aux autres. Si vous répondez à tous, ils la connaîtront.",
  title: "Votre réponse à tous",
  assurance: (a: { sender: string }) =>
    `Votre réponse est scellée dans ce navigateur. Seules ${a.sender} et les personnes ci-dessus pourront l’ouvrir.`,
  sent: (a: { sender: string }) => `${a.sender} et les autres reçoivent un avis. Personne d’autre ne peut l’ouvrir.`,
  changed: "La liste des lecteurs a changé. Regardez les noms ci-dessus, puis envoyez à nouveau.",
  often: "Vous avez beaucoup répondu à tous. Attendez un peu, ou répondez à l’expéditeur seul.",
  own: (a: { name: string }) => `Pour répondre, ouvrez votre propre copie du message de ${a.name}.`,
  keep: "Garder un reçu",
} satisfies ToAll;
