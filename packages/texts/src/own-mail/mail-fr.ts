/** Le courriel du membre lui-même avec le lien, en français. */
import { formatDateTime } from "../format.ts";
import type { OwnMailFacts, OwnMailWords } from "./mail-en.ts";

export function ownMail({ senderName, link, expiresAtMs, timeZone, password }: OwnMailFacts): OwnMailWords {
  return {
    subject: "Un message confidentiel pour vous",
    text: [
      "Bonjour,",
      "",
      "Je vous ai envoyé un message confidentiel. Personne d’autre que vous et moi ne peut le lire. Voici son lien :",
      "",
      link,
      "",
      `Ouvrez-le avant le ${formatDateTime("fr", expiresAtMs, timeZone, true)} ; ensuite, il sera détruit.`,
      ...(password ? ["Il a un mot de passe, que je vous donne par un autre moyen."] : []),
      "Ne transférez pas ce courriel : qui a le lien pourrait ouvrir le message.",
      "",
      senderName,
    ].join("\n"),
  };
}
