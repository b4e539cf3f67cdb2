/** What became of a notification, in English. */
import type { DeliveryTexts } from "./index.ts";

export const delivery: DeliveryTexts = {
  states: {
    held: "leaves in a moment",
    waiting: "on its way",
    delayed: "delayed, tried again by itself",
    accepted: "accepted by the next server",
    delivered: "in the mailbox",
    failed: "not delivered",
  },
  reasons: {
    no_mailbox: "This mailbox does not exist. Check the address.",
    no_domain: "What stands behind the @ takes no mail. Check the address.",
    mailbox_full: "This mailbox is full.",
    mailbox_off: "This mailbox takes no mail at the moment.",
    too_large: "The mail is too large for this mailbox.",
    refused: "The recipient’s mail server refused the mail.",
    unreachable: "The recipient’s mail server does not answer.",
    busy: "The recipient’s mail server asks to try again later.",
    gave_up: "The recipient’s mail server did not take the mail in time.",
    relay: "Our own mail server did not take the mail. Tell your administrator.",
    unknown: "The recipient’s mail server gave no clear reason.",
  },
};
