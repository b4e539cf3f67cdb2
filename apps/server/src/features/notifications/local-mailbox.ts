/**
 * The local mailbox: where mails go when there is no relay and only this machine can connect (Q1). In memory only, and only the
 * latest ones. Never exists on a server that others can reach: it shows everybody's mails.
 */
import { randomUUID } from "node:crypto";
import type { Config } from "../../config.ts";

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
  add(mail: Omit<LocalMail, "id" | "channel">): void;
  /** Newest first; those to `address` alone when given. */
  list(address?: string): readonly LocalMail[];
  /** Another text whenever the list is another. */
  version(): string;
}

/** Whether this server has a local mailbox instead of a relay. */
export function hasLocalMailbox(config: Pick<Config, "smtpUrl" | "loopback">): boolean {
  return config.smtpUrl === null && config.loopback;
}

export function createLocalMailbox(): LocalMailbox {
  const mails: LocalMail[] = [];
  const start = randomUUID();
  let added = 0;
  return {
    version: () => `${start}.${added}`,
    add: (mail) => {
      added++;
      mails.unshift({ id: randomUUID(), channel: "mail", ...mail });
      mails.length = Math.min(mails.length, KEPT);
    },
    list: (address) => {
      const wanted = address?.trim().toLowerCase();
      return mails.filter((mail) => wanted === undefined || mail.to.toLowerCase() === wanted);
    },
  };
}
