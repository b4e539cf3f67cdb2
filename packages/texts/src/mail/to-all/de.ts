/** Mails about replies to all, in German. */
import type { ToAllTexts } from "./index.ts";

export const toAll: ToAllTexts = {
  message: ({ senderName, senderAddress }, { name, address }) => ({
    subject: `${senderAddress} hat auf die Nachricht von ${name} geantwortet`,
    heading: `${senderName} hat im Austausch von ${name} geantwortet`,
    lead: [
      "Guten Tag,",
      `Sie haben wie ${senderName} eine vertrauliche Nachricht von ${name} erhalten. Diese Antwort ist für alle und wartet versiegelt auf Sie.`,
    ],
    row: { label: "Im Austausch von", value: name, detail: address },
  }),
  bounced: ({ writer, recipient }) => ({
    subject: `Eine Antwort an alle hat ${recipient} nicht erreicht`,
    heading: `Die E-Mail an ${recipient} kam zurück`,
    lead: `${writer} hat Ihre Nachricht an alle beantwortet. Sie haben diese Antwort, die anderen auch. Sagen Sie es ${recipient} auf anderem Weg.`,
  }),
};
