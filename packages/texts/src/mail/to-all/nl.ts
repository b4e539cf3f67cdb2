/** Mails about replies to all, in Dutch. */
import type { ToAllTexts } from "./index.ts";

export const toAll: ToAllTexts = {
  message: ({ senderName, senderAddress }, { name, address }) => ({
    subject: `${senderAddress} heeft op het bericht van ${name} geantwoord`,
    heading: `${senderName} heeft geantwoord in het gesprek van ${name}`,
    lead: [
      "Goedendag,",
      `u hebt net als ${senderName} een vertrouwelijk bericht van ${name} ontvangen. Dit antwoord is voor allen en wacht verzegeld op u.`,
    ],
    row: { label: "In het gesprek van", value: name, detail: address },
  }),
  bounced: ({ writer, recipient }) => ({
    subject: `Een antwoord aan allen heeft ${recipient} niet bereikt`,
    heading: `De e-mail aan ${recipient} is teruggekomen`,
    lead: `${writer} heeft uw bericht aan allen beantwoord. U hebt dat antwoord, en de anderen ook. Laat het ${recipient} op een andere manier weten.`,
  }),
};
