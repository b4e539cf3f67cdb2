/** Questions about people before a message leaves. French. */
import { plural } from "../format.ts";
import type { ReviewTexts } from "./index.ts";

export const review: ReviewTexts = {
  titles: {
    letters: "Cette adresse mélange deux alphabets",
    renamed: "Vous connaissez ce nom avec une autre adresse",
    new: "Vous n’avez jamais écrit à cette adresse",
    stray: "Cette personne est d’une autre organisation",
  },
  lettersText:
    "Certaines lettres ressemblent seulement à celles que vous attendez. C’est une façon courante de tromper.",
  renamedText: (a) => `Jusqu’ici, vous connaissiez ${a.address}. En cas de doute, demandez.`,
  newText: "Vous connaissez les autres personnes de ce message.",
  strayText: (a) => `Son adresse finit par ${a.domain}, toutes les autres par ${a.others}.`,
  crowdDomains: (a) =>
    plural("fr", a.count, {
      one: "Elles sont d’une seule organisation.",
      other: `Elles sont de ${a.count} endroits différents.`,
    }),
  crowdRight: "Elles peuvent voir les adresses les unes des autres",
  crowdFirst: "Répondez d’abord à la question sur qui voit qui.",
  checking: "Vérification des adresses…",
  sealedFor: (a: { done: number; count: number }) => `Scellé pour ${a.done} sur ${a.count} personnes.`,
};
