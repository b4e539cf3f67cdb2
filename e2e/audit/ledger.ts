/** What the clients of a server believe: the promises they were given, and what they tried without an answer. The auditor holds the server to it. */
import type { PreparedMessage } from "@pli/client";
import type { Delivery } from "@pli/core/wire";

export interface KnownFile {
  readonly name: string;
  readonly sha256: string;
}

export interface KnownMessage {
  readonly prepared: PreparedMessage;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly KnownFile[];
  /** The server said that it was sent. Otherwise the answer was lost: it was sent whole, or not at all. */
  acknowledged: boolean;
  /** Revoked by its sender: order given, order confirmed. */
  revoking: "no" | "ordered" | "confirmed";
}

export interface KnownGrant {
  readonly envelopeId: string;
  readonly grantId: string;
  readonly address: string;
  readonly link: string;
  readonly delivery: Delivery;
  readonly openingsAllowed: number;
  /** Openings asked for, each by a device of its own. */
  openingsTried: number;
  /** Of these, the ones that the server gave. */
  openingsGiven: number;
}

export interface KnownReply {
  readonly envelopeId: string;
  readonly subject: string;
  acknowledged: boolean;
}

export interface Ledger {
  readonly messages: Map<string, KnownMessage>;
  readonly grants: Map<string, KnownGrant>;
  readonly replies: Map<string, KnownReply>;
}

export function createLedger(): Ledger {
  return { messages: new Map(), grants: new Map(), replies: new Map() };
}

/** Notes a message that is about to be ordered. */
export function noteMessage(ledger: Ledger, message: Omit<KnownMessage, "acknowledged" | "revoking">): KnownMessage {
  const known: KnownMessage = { ...message, acknowledged: false, revoking: "no" };
  const { envelopeId, order, links } = message.prepared;
  ledger.messages.set(envelopeId, known);
  for (const { recipient, grantId, openings, delivery } of order.grants) {
    const link = links.find((one) => one.grantId === grantId)?.link ?? "";
    const grant = { envelopeId, grantId, address: recipient.address, link, delivery, openingsAllowed: openings };
    ledger.grants.set(grantId, { ...grant, openingsTried: 0, openingsGiven: 0 });
  }
  return known;
}
