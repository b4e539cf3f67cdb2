/**
 * The local mailbox: where mails go when there is no relay and only this machine can connect (Q1). In memory only, and only the
 * latest ones. Never exists on a server that others can reach: it shows everybody's mails.
 */
import { randomUUID } from "node:crypto";
import type { Config } from "../../config.ts";

/** One SMS, as `/dev/mailbox.json` tells it. */
export interface LocalSms {
  readonly id: string;
  readonly channel: "sms";
  readonly to: string;
  readonly text: string;
  readonly sentAt: string;
  /** As how many SMS it would be paid. */
  readonly count: number;
}

/** One mail, as `/dev/mailbox.json` tells it. */
export interface LocalMail {
  readonly id: string;
  readonly channel: "mail";
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly sentAt: string;
}

const KEPT = 500;

export interface LocalMailbox {
  add(message: Omit<LocalMail, "id"> | Omit<LocalSms, "id">): void;
  /** Newest first; those to `address` alone when given: a mail address or a number. */
  list(address?: string): readonly (LocalMail | LocalSms)[];
  /** Another text whenever the list is another. */
  version(): string;
}

/** Whether this server has a local mailbox instead of a relay; SMS go there too, unless there is a provider. */
export function hasLocalMailbox(config: Pick<Config, "smtpUrl" | "loopback">): boolean {
  return config.smtpUrl === null && config.loopback;
}

/** Whether SMS leave this server, or show up in its local mailbox. */
export function hasSms(config: Pick<Config, "smtpUrl" | "loopback" | "sms">): boolean {
  return config.sms !== null || hasLocalMailbox(config);
}

export function createLocalMailbox(): LocalMailbox {
  const messages: (LocalMail | LocalSms)[] = [];
  const start = randomUUID();
  let added = 0;
  return {
    version: () => `${start}.${added}`,
    add: (message) => {
      added++;
      messages.unshift({ id: randomUUID(), ...message });
      messages.length = Math.min(messages.length, KEPT);
    },
    list: (address) => {
      const wanted = address?.trim().toLowerCase();
      return messages.filter(({ to }) => wanted === undefined || to.toLowerCase() === wanted);
    },
  };
}
