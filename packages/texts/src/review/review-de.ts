/** Questions about people before a message leaves. German. */
import { plural } from "../format.ts";
import type { ReviewTexts } from "./index.ts";

export const review: ReviewTexts = {
  titles: {
    letters: "Diese Adresse mischt zwei Alphabete",
    renamed: "Sie kennen diesen Namen mit einer anderen Adresse",
    new: "An diese Adresse haben Sie noch nie geschrieben",
    stray: "Diese Person gehört zu einer anderen Organisation",
  },
  lettersText: "Manche Buchstaben sehen nur so aus wie erwartet. So wird oft getäuscht.",
  renamedText: (a) => `Bisher kannten Sie ${a.address}. Fragen Sie nach, wenn Sie unsicher sind.`,
  newText: "Die anderen Personen dieser Nachricht kennen Sie.",
  strayText: (a) => `Sie endet auf ${a.domain}, alle anderen enden auf ${a.others}.`,
  crowdDomains: (a) =>
    plural("de", a.count, {
      one: "Sie gehören zu einer Organisation.",
      other: `Sie sind an ${a.count} verschiedenen Stellen.`,
    }),
  crowdRight: "Sie dürfen einander sehen",
  crowdFirst: "Beantworten Sie zuerst die Frage, wer wen sieht.",
  checking: "Die Adressen werden geprüft…",
  sealedFor: (a: { done: number; count: number }) => `Für ${a.done} von ${a.count} Personen versiegelt.`,
};
