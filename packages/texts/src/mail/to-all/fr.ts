/** Mails about replies to all, in French. */
import type { ToAllTexts } from "./index.ts";

export const toAll: ToAllTexts = {
  message: ({ senderName, senderAddress }, { name, address }) => ({
    subject: `${senderAddress} a répondu au message de ${name}`,
    heading: `${senderName} a répondu dans l’échange de ${name}`,
    lead: [
      "Bonjour,",
      `vous avez reçu, comme ${senderName}, un message confidentiel de ${name}. Cette réponse est pour tous et vous attend, scellée.`,
    ],
    row: { label: "Dans l’échange de", value: name, detail: address },
  }),
  bounced: ({ writer, recipient }) => ({
    subject: `Une réponse à tous n’a pas atteint ${recipient}`,
    heading: `Le courriel pour ${recipient} est revenu`,
    lead: `${writer} a répondu à tous à votre message. Vous avez cette réponse, et les autres aussi. Prévenez ${recipient} autrement.`,
  }),
};
