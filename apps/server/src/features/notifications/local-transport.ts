/** Mails into the local mailbox instead of a relay. Takes every one, at once. */
import type { MailAddress, MailTransport } from "../../platform/smtp/index.ts";
import type { LocalMailbox } from "./local-mailbox.ts";

export function createLocalTransport(mailbox: LocalMailbox): MailTransport {
  return {
    paced: false,
    deliver: async (mail) => {
      mailbox.add({
        to: mail.to.address,
        from: formatAddress(mail.from),
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        sentAt: new Date(mail.atMs).toISOString(),
      });
    },
    close: () => {},
  };
}

function formatAddress({ name, address }: MailAddress): string {
  return name === "" ? address : `"${name.replace(/["\\]/g, "\\$&")}" <${address}>`;
}
