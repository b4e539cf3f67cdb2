/** Questions about people before a message leaves. Dutch. */
import { plural } from "../format.ts";
import type { ReviewTexts } from "./index.ts";

export const review: ReviewTexts = {
  titles: {
    letters: "Dit adres mengt twee alfabetten",
    renamed: "U kent deze naam met een ander adres",
    new: "U hebt nog nooit naar dit adres geschreven",
    stray: "Deze persoon hoort bij een andere organisatie",
  },
  lettersText: "Sommige letters lijken alleen op de letters die u verwacht. Zo wordt vaak misleid.",
  renamedText: (a) => `Tot nu toe kende u ${a.address}. Vraag het na als u twijfelt.`,
  newText: "U kent de andere personen van dit bericht.",
  strayText: (a) => `Het eindigt op ${a.domain}; alle andere eindigen op ${a.others}.`,
  crowdDomains: (a) =>
    plural("nl", a.count, {
      one: "Zij horen bij één organisatie.",
      other: `Zij zitten op ${a.count} verschillende plaatsen.`,
    }),
  crowdRight: "Zij mogen elkaars adressen zien",
  crowdFirst: "Beantwoord eerst de vraag over wie wie ziet.",
  checking: "Adressen worden bekeken…",
  sealedFor: (a: { done: number; count: number }) => `Verzegeld voor ${a.done} van de ${a.count} personen.`,
};
