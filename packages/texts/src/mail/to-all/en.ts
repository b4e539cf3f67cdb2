/** Mails about replies to all, in English. */
import type { ToAllTexts } from "./index.ts";

export const toAll: ToAllTexts = {
  message: ({ senderName, senderAddress }, { name, address }) => ({
    subject: `${senderAddress} answered the message of ${name}`,
    heading: `${senderName} answered in the conversation of ${name}`,
    lead: [
      "Hello,",
      `you and ${senderName} received a confidential message from ${name}. This answer to it is for all, and waits for you sealed.`,
    ],
    row: { label: "In the conversation of", value: name, detail: address },
  }),
  bounced: ({ writer, recipient }) => ({
    subject: `An answer to all did not reach ${recipient}`,
    heading: `The mail to ${recipient} came back`,
    lead: `${writer} answered your message to all. You have that answer, and the others too. Tell ${recipient} another way.`,
  }),
};
