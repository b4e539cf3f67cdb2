/**
 * A message and what was said after it (spec: messages.md M24), as its two sides see it: the sender by the envelope's doors, each recipient by
 * those of their grant. Newest first, in pages. What one recipient wrote no other recipient sees.
 */
import type { GrantStatus, KeyWithheld, PartSummary } from "./envelope.ts";
import type { Page } from "./problem.ts";

/**
 * `GET /api/v1/envelopes/:id/thread?cursor=`: replies to a message of mine that are still in my inbox, and my answers. Their parts are read as
 * any of mine: `GET /api/v1/envelopes/:envelopeId/parts/:part/content`.
 */
export interface ThreadItem {
  readonly envelopeId: string;
  readonly kind: "reply" | "answer";
  /** Of a reply: whose. */
  readonly from?: { readonly address: string; readonly name?: string };
  /** Whose conversation it belongs to: who wrote it, or whom it answers. */
  readonly grantIds: readonly string[];
  readonly sentAt: string;
  readonly read: boolean;
  readonly sizeBytes: number;
  /** By HPKE to me (INFO_REPLY, AD = envelope id): 1168 bytes. Absent while it is withheld. */
  readonly sealedKey?: string;
  readonly keyWithheld?: KeyWithheld;
  readonly partList: readonly PartSummary[];
  /** Of a reply to all: who else got it. */
  readonly readers?: readonly GrantStatus[];
}

/**
 * `GET /api/v1/grants/:grantId/thread?cursor=`, as long as this browser's opening runs: what was written through this grant, and what the sender
 * answered. Parts by `GET /api/v1/grants/:grantId/thread/:envelopeId/parts/:part/content`, `Range` honoured.
 */
export interface GrantThreadItem {
  readonly envelopeId: string;
  /** Written through this grant; else by the sender. */
  readonly mine: boolean;
  readonly sentAt: string;
  /** Content key under the grant's thread key: 60 bytes. */
  readonly wrappedKey: string;
  readonly parts: readonly PartSummary[];
}

export interface GrantThread extends Page<GrantThreadItem> {
  /** Whether `/live` is there (P16). */
  readonly live: boolean;
}

/**
 * `POST /api/v1/envelopes/:id/answers` {} → 201: an EnvelopeDraft of mine. `POST /api/v1/envelopes/:id/send` for that answer: all or nothing.
 * Header `Idempotency-Key` honoured.
 */
export interface SendFollowUp {
  readonly parts: readonly PartSummary[];
  readonly commitment: string;
  /** CK sealed to the sender's own key (INFO_REPLY, AD = envelope id): 1168 bytes. */
  readonly sealedKey: string;
  readonly threads: readonly FollowUpThread[];
}
/** One recipient that reads it. A grant without an opening left, but not ended yet, gets one more. */
export interface FollowUpThread {
  readonly grantId: string;
  /** Under the grant's thread key: 60 bytes. */
  readonly wrappedKey: string;
  /** To notify by mail, with delivery `mail`: passes through the encrypted outbox (Z15). */
  readonly linkSecret?: string;
}

/**
 * `GET /api/v1/envelopes/:id/live` and `GET /api/v1/grants/:grantId/live`: server-sent events. `event: changed` whenever something may have been
 * said or ended: read the thread again. A comment now and then keeps proxies from closing it.
 */
export const LIVE_EVENT = "changed";
