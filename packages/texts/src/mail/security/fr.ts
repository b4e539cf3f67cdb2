/** Le courriel qui dit à un membre ce qui a changé dans ses moyens de connexion. Français. */
import { formatDateTime, plural } from "../../format.ts";
import type { SecurityWords } from "./words.ts";

export const security: SecurityWords = {
  events: {
    passkey_added: { heading: "Une clé d’accès a été ajoutée à votre compte", text: "Elle connecte sans lien." },
    passkey_removed: { heading: "Une clé d’accès a été retirée de votre compte", text: "Elle ne connecte plus." },
    totp_added: {
      heading: "Une application de codes a été ajoutée à votre compte",
      text: "Désormais, un lien reçu par courriel demande aussi un code de cette application.",
    },
    totp_removed: {
      heading: "L’application de codes a été retirée de votre compte",
      text: "Ses codes ne comptent plus.",
    },
    second_step_on: {
      heading: "La seconde étape a été activée",
      text: "Désormais, un lien reçu par courriel demande une seconde preuve.",
    },
    second_step_off: {
      heading: "La seconde étape a été désactivée",
      text: "Désormais, un lien reçu par courriel suffit pour se connecter.",
    },
    recovery_codes_made: {
      heading: "De nouveaux codes de secours ont été créés",
      text: "Les précédents ne fonctionnent plus.",
    },
    recovery_code_used: { heading: "Un code de secours a été utilisé", text: "Il ne fonctionne pas une seconde fois." },
    sms_added: {
      heading: "Un numéro de mobile a été ajouté à votre compte",
      text: "Désormais, un lien reçu par courriel demande une seconde preuve, comme un code par SMS à ce numéro.",
    },
    sms_changed: {
      heading: "Le numéro de mobile de votre compte a été modifié",
      text: "Les codes par SMS arrivent maintenant à ce numéro, et plus à l’ancien.",
    },
    sms_removed: {
      heading: "Le numéro de mobile a été retiré de votre compte",
      text: "Les codes par SMS ne comptent plus.",
    },
    replies_on: {
      heading: "Les réponses que vous recevez sont maintenant protégées",
      text: "Avant d’afficher une réponse, Pli demande votre seconde étape.",
    },
    replies_off: {
      heading: "Les réponses que vous recevez ne sont plus protégées",
      text: "Elles s’affichent sans votre seconde étape.",
    },
  },
  action: "Voir vos réglages de sécurité",
  name: "Nom",
  left: "Codes restants",
  leftValue: (left) => plural("fr", left, { one: `${left} code`, other: `${left} codes` }),
  at: "Quand",
  when: (atMs, timeZone) => formatDateTime("fr", atMs, timeZone, true),
  question: "Ce n’était pas vous ?",
  answer: (host) =>
    `Alors quelqu’un tient peut-être votre messagerie ou un de vos appareils. Connectez-vous sur ${host}, mettez fin aux sessions que vous ne connaissez pas et prévenez votre administrateur.`,
};
