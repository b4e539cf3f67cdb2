/** Handing a finished mail to the next server: what the outbox needs to know, whoever does it. */

import { type Explained, explainReply } from "./explain-reply.ts";

/** A mail ready to go. Every string is one line but `text` and `html`. */
export interface OutgoingMail {
  /** Fixed before the first try and kept over all: `<id@domain>`. */
  readonly messageId: string;
  /** Where bounces go, and what they name the mail by (RFC 3461); the sender's address and the Message-ID when left out. */
  readonly returnPath?: { readonly address: string; readonly envelopeId: string };
  readonly from: MailAddress;
  readonly to: MailAddress;
  readonly replyTo?: MailAddress;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: string;
  /** Ends mails of this kind to this receiver by one POST (RFC 8058). */
  readonly stopLink?: string;
  readonly atMs: number;
  /** Of the request that ordered it: leads from a copy of the mail to the log. */
  readonly requestId?: string;
}
export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

export interface MailTransport {
  /** Resolves when the next server has taken the mail over. @throws DeliveryError */
  deliver(mail: OutgoingMail): Promise<void>;
  /** Whether mails to one domain are spread over time (a relay), or all may go at once. */
  readonly paced: boolean;
  close(): void;
}

/** The next server did not take it. */
export class DeliveryError extends Error {
  /** It never will: trying again is useless. */
  readonly final: boolean;
  /** The server's words, for the sender's page: one short line. */
  readonly reason: string;
  readonly explained: Explained;
  /** @param explained what it means for the sender; read from the server's words when left out */
  constructor(final: boolean, reason: string, options?: ErrorOptions, explained: Explained = explainReply(reason)) {
    super("delivery failed", options);
    this.name = "DeliveryError";
    this.final = final;
    this.reason = reason;
    this.explained = explained;
  }
}

/** One line without control characters, nor those that turn the direction of text; at most `max` characters. */
export function oneLine(text: string, max = 200): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
  const characters = [...line];
  return characters.length <= max ? line : `${characters.slice(0, max - 1).join("")}…`;
}
