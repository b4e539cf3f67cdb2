/** Les SMS en français. */
import { formatShortDateTime } from "../format.ts";
import type { SmsTexts } from "./index.ts";

export const smsTexts: SmsTexts = {
  message: ({ senderName, expiresAtMs, timeZone, link }) =>
    `${senderName} vous a envoyé un message confidentiel. À lire avant le ${formatShortDateTime("fr", expiresAtMs, timeZone)} : ${link}`,
  code: ({ code, reference, senderName, host }) =>
    senderName === undefined
      ? `${code} est votre code (réf. ${reference}). À saisir sur ${host} seulement. Ne le donnez à personne.`
      : `${code} est votre code pour lire le message de ${senderName} (réf. ${reference}). Ne le donnez à personne.`,
  secret: ({ senderName, link }) =>
    `${senderName} vous envoie un mot de passe. Le lien l’affiche une seule fois : ${link}`,
};
