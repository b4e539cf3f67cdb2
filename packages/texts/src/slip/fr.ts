/** The slip of a mail whose attachments alone are sealed (M2), in French. */
import { formatSize, plural } from "../format.ts";
import type { SlipTexts } from "./index.ts";

export const slip: SlipTexts = {
  words: ({ senderName, count }) => ({
    sealed: plural("fr", count, {
      one: `La pièce jointe est scellée. Personne d’autre que vous et ${senderName} ne peut l’ouvrir. Ce texte n’est pas scellé : il est venu comme tout courriel.`,
      other: `Les ${count} pièces jointes sont scellées. Personne d’autre que vous et ${senderName} ne peut les ouvrir. Ce texte n’est pas scellé : il est venu comme tout courriel.`,
    }),
    action: plural("fr", count, { one: "Ouvrir la pièce jointe", other: "Ouvrir les pièces jointes" }),
    file: "Fichier",
    detail: ({ sizeBytes, sha256 }) => `${formatSize("fr", sizeBytes)} · SHA-256 ${sha256}`,
  }),
};
