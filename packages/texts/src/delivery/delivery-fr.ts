/** Ce qu’est devenue une notification, en français. */
import type { DeliveryTexts } from "./index.ts";

export const delivery: DeliveryTexts = {
  states: {
    held: "part dans un instant",
    waiting: "en route",
    delayed: "retardé, de nouveaux essais suivent",
    accepted: "accepté par le serveur suivant",
    delivered: "remis à la messagerie",
    failed: "non remis",
  },
  reasons: {
    no_mailbox: "Cette adresse n’existe pas. Vérifiez-la.",
    no_domain: "Ce qui suit le @ ne reçoit pas de courriel. Vérifiez l’adresse.",
    mailbox_full: "Cette messagerie est pleine.",
    mailbox_off: "Cette messagerie ne reçoit rien pour le moment.",
    too_large: "Le courriel est trop volumineux pour cette messagerie.",
    refused: "Le serveur de messagerie du destinataire a refusé le courriel.",
    unreachable: "Le serveur de messagerie du destinataire ne répond pas.",
    busy: "Le serveur de messagerie du destinataire demande de réessayer plus tard.",
    gave_up: "Le serveur de messagerie du destinataire n’a pas pris le courriel à temps.",
    relay: "Notre propre serveur de messagerie n’a pas pris le courriel. Prévenez votre administrateur.",
    unknown: "Le serveur de messagerie du destinataire n’a pas donné de raison claire.",
  },
};
