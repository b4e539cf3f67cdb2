/** Sending a draft from the worker, and the half minute in which it can be taken back (spec: messages.md M10). */
import {
  type MessagePolicy,
  type PreparedMessage,
  prepareMessage,
  type Recipient,
  type SentLink,
  submitMessage,
  takeBack,
} from "@pli/client";
import { fromBase64url, toBase64url } from "@pli/core/bytes";
import { webCrypto } from "@pli/core/crypto-web";
import { asContentKey } from "@pli/core/sealing";
import { draftProcedures } from "./app-drafts.ts";
import { uploadOf } from "./app-drafts-files.ts";
import { type DraftRecord, draftOf, drafts, forget, type KeptEnvelope, save } from "./app-drafts-open.ts";
import { keyring, member } from "./app-keys.ts";
import { readRecord, readRecords } from "./app-store.ts";
import { transport } from "./app-transport.ts";
import type { Call } from "./rpc.ts";

/** A message that was sent from this browser and can still be taken back. */
export interface HeldDraft {
  readonly draftId: string;
  readonly envelopeId: string;
  readonly people: number;
  readonly untilMs: number;
}
/** The message is sealed for so many people. */
export interface SealedEvent {
  readonly people: number;
}
export interface SendResult {
  readonly envelopeId: string;
  readonly takeBackUntil?: string | undefined;
  readonly links: readonly SentLink[];
}

export const draftSendingProcedures = {
  /**
   * Seals and orders the sending. The same call again after `network` sends nothing twice.
   * @throws PliError of prepareMessage, submitMessage; `keyring_locked`
   */
  async send(
    input: {
      draftId: string;
      subject: string;
      html: string;
      text: string;
      from: { name: string; address: string };
      recipients: readonly Recipient[];
      policy: MessagePolicy;
    },
    call: Call<SealedEvent>,
  ): Promise<SendResult> {
    const { draftId, policy, ...message } = input;
    const draft = draftOf(draftId);
    const { kemPublic } = keyring();
    const files = draft.record.attachments.map(({ attachmentId, viewOnly }) => [attachmentId, viewOnly]);
    const of = JSON.stringify([message, policy, files]);
    if (draft.prepared?.of !== of) {
      const upload = await uploadOf(draftId, draft);
      const envelope = draft.record.envelope as KeptEnvelope;
      const attachments = draft.record.attachments.flatMap(({ name, viewOnly, uploaded }) =>
        uploaded ? [{ ...uploaded.attachment, name, ...(viewOnly && { restriction: "view-only" as const }) }] : [],
      );
      envelope.manifestMayExist = true;
      const prepared = await prepareMessage(transport, webCrypto, {
        draft: envelope,
        contentKey: asContentKey(fromBase64url(envelope.contentKey)),
        upload,
        account: { keyring: { kemPublic: toBase64url(kemPublic) } },
        message: { ...message, attachments },
        policy,
        signal: call.signal,
        onSealed: (people) => call.emit({ people }),
      });
      draft.prepared = { of, message: prepared };
    }
    const { message: prepared } = draft.prepared as { message: PreparedMessage };
    const { envelopeId, takeBackUntil } = await submitMessage(transport, prepared);
    draft.prepared = undefined;
    draft.record.sentUntilMs = takeBackUntil ? Date.parse(takeBackUntil) : Date.now();
    await save(draftId, draft).catch(() => undefined);
    return { envelopeId, takeBackUntil, links: prepared.links };
  },

  /** What can still be taken back, after a reload too. Forgets what no longer can. */
  async heldDraft(): Promise<HeldDraft | null> {
    let found: HeldDraft | null = null;
    for (const { draftId, record } of await readRecords(member())) {
      const { sentUntilMs: untilMs, envelope, content, attachments } = record as DraftRecord;
      if (untilMs === undefined || drafts.has(draftId)) continue;
      if (untilMs <= Date.now() || !envelope) await forget(draftId, attachments);
      else found = { draftId, envelopeId: envelope.envelopeId, people: content.people, untilMs };
    }
    return found;
  },

  /** The message is a draft again, with everything. @throws PliError `too_late` */
  async takeBack(input: { draftId: string }): Promise<void> {
    if (!drafts.has(input.draftId)) await draftProcedures.openDraft(input);
    const draft = draftOf(input.draftId);
    await takeBack(transport, (draft.record.envelope as KeptEnvelope).envelopeId);
    draft.record.sentUntilMs = undefined;
    await save(input.draftId, draft);
  },

  /** The time to take it back is over: nothing of the draft is kept here. */
  async forgetSent(input: { draftId: string }): Promise<void> {
    const kept = drafts.get(input.draftId)?.record ?? (await readRecord(member(), input.draftId));
    const { sentUntilMs, attachments } = (kept ?? { attachments: [] }) as DraftRecord;
    if (sentUntilMs !== undefined) await forget(input.draftId, attachments);
  },
};
