/** Mails and SMS: into the local mailbox instead of a relay. Takes every one, at once. */
import { countSms, type SmsTransport } from "../../platform/sms/index.ts";
import type { MailAddress, MailTransport } from "../../platform/smtp/index.ts";
import type { LocalMailbox } from "./local-mailbox.ts";

export function createLocalTransport(mailbox: LocalMailbox): MailTransport {
  return {
    paced: false,
    deliver: async (mail) => {
      mailbox.add({
        channel: "mail",
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

/** SMS into the local mailbox instead of a provider's network. */
export function createLocalSms(mailbox: LocalMailbox): SmsTransport {
  return {
    paced: false,
    deliver: async ({ to, text, atMs }) => {
      mailbox.add({ channel: "sms", to, text, sentAt: new Date(atMs).toISOString(), count: countSms(text) });
    },
    close: () => {},
  };
}

function formatAddress({ name, address }: MailAddress): string {
  return name === "" ? address : `"${name.replace(/["\\]/g, "\\$&")}" <${address}>`;
}
