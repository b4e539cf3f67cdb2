/** What became of a notification, in German. */
import type { DeliveryTexts } from "./index.ts";

export const delivery: DeliveryTexts = {
  states: {
    held: "geht gleich ab",
    waiting: "unterwegs",
    delayed: "verzögert, wird von selbst erneut versucht",
    accepted: "vom nächsten Server angenommen",
    delivered: "im Postfach",
    failed: "nicht zugestellt",
  },
  reasons: {
    no_mailbox: "Dieses Postfach gibt es nicht. Prüfen Sie die Adresse.",
    no_domain: "Was hinter dem @ steht, empfängt keine E-Mails. Prüfen Sie die Adresse.",
    mailbox_full: "Dieses Postfach ist voll.",
    mailbox_off: "Dieses Postfach empfängt zurzeit keine E-Mails.",
    too_large: "Die E-Mail ist zu groß für dieses Postfach.",
    refused: "Der Mailserver des Empfängers hat die E-Mail abgelehnt.",
    unreachable: "Der Mailserver des Empfängers antwortet nicht.",
    busy: "Der Mailserver des Empfängers bittet um einen späteren Versuch.",
    gave_up: "Der Mailserver des Empfängers hat die E-Mail nicht rechtzeitig angenommen.",
    relay: "Unser eigener Mailserver hat die E-Mail nicht angenommen. Geben Sie Ihrer Verwaltung Bescheid.",
    unknown: "Der Mailserver des Empfängers nannte keinen klaren Grund.",
  },
};
