/** Handing a finished SMS to the provider: what the outbox needs to know, whoever does it. Refusals are `DeliveryError`s, as those of mails. */

/** An SMS ready to go. Its text may hold a secret: never logged. */
export interface OutgoingSms {
  /** The same over all tries: providers that can tell doubles by it are given it. */
  readonly id: string;
  /** E.164, `+33612345678`. */
  readonly to: string;
  readonly text: string;
  readonly atMs: number;
}

export interface SmsTransport {
  /** Resolves when the provider has taken it over. @throws DeliveryError */
  deliver(sms: OutgoingSms): Promise<void>;
  /** Whether SMS to one country are spread over time (a provider), or all may go at once. */
  readonly paced: boolean;
  close(): void;
}
