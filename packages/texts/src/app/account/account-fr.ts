/** Courriels et chiffres du compte. Français. */
import type { AccountTexts } from "./index.ts";

export const account: AccountTexts = {
  mails: "Courriels",
  mailsLead: "Ce que vous voulez apprendre par courriel. Sécurité, réponses et demandes arrivent toujours.",
  kinds: {
    opened: { label: "Ouvertures", note: "Quand quelqu’un ouvre un message et que vous avez demandé à le savoir." },
    unread: { label: "Messages non lus", note: "Quand un message est détruit sans avoir été lu." },
    maintenance: {
      label: "Maintenance et incidents",
      note: "Quand le serveur se repose, ou qu’un incident a eu lieu.",
    },
    news: { label: "Nouveautés", note: "Ce qui est nouveau ici dans Pli." },
  },
  saved: "Enregistré",

  usage: "Utilisation",
  usageLead: "Ce que vous avez envoyé et reçu. Les mois commencent à minuit UTC.",
  messages: "Messages",
  recipients: "Destinataires",
  size: "Taille scellée",
  sms: "SMS",
  replies: "Réponses",
};
