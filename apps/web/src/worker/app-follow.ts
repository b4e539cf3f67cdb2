/** Reading what was sent and received, in the worker (spec: protocol.md Z12, Z13): subjects, texts, downloads, links, new recipients. */
import {
  addGrant,
  getEnvelope,
  type KeptLink,
  type MessagePolicy,
  openGrantLink,
  openInboxItem,
  openSent,
  openSummary,
  type Recipient,
  readAttachment,
  resend,
  type SentEnvelope,
  type SentLink,
  type Summary,
} from "@pli/client";
import { webCrypto } from "@pli/core/crypto-web";
import { PliError } from "@pli/core/errors";
import type { Manifest } from "@pli/core/sealing";
import type { EnvelopeListItem, InboxItem } from "@pli/core/wire";
import { keyring, whenMemberLeaves } from "./app-keys.ts";
import { keep, openedHere } from "./app-opened.ts";
import type { Answer, SaidHere } from "./app-thread.ts";
import { transport } from "./app-transport.ts";
import type { Call } from "./rpc.ts";
import { openSink, type Target } from "./saving.ts";

const summaries = new Map<string, Summary | null>();
whenMemberLeaves(() => {
  summaries.clear();
});
/** The plaintext of one attachment; its stream errors at the end when it was not whole. @throws PliError `not_found` */
function attachmentOf(input: { envelopeId: string; attachment: number }, signal: AbortSignal) {
  const { envelopeId } = input;
  const envelope = openedHere(envelopeId);
  const attachment = envelope?.manifest.attachments[input.attachment];
  if (!envelope || !attachment) throw new PliError("not_found");
  const { contentKey, parts } = envelope;
  const tries = Number.POSITIVE_INFINITY;
  const options = { source: { envelopeId }, contentKey, attachment, parts, signal, tries };
  return { stream: readAttachment(transport, webCrypto, options), sizeBytes: attachment.sizeBytes };
}

export const followProcedures = {
  /** Subjects of sent messages; null for one that cannot be opened, as a draft that has none here. */
  async summaries(input: {
    items: readonly Pick<EnvelopeListItem, "envelopeId" | "sealedSenderKey" | "sealedSummary">[];
  }): Promise<Record<string, Summary | null>> {
    const keys = keyring();
    const found: Record<string, Summary | null> = {};
    for (const item of input.items) {
      const known = summaries.get(item.envelopeId);
      const summary = known ?? (await openSummary(webCrypto, keys, item).catch(() => null));
      summaries.set(item.envelopeId, summary);
      found[item.envelopeId] = summary;
    }
    return found;
  },

  /** @throws PliError `keyring_locked`, `integrity`, `destroyed` */
  async readSent(input: { envelopeId: string }): Promise<Manifest> {
    const keys = keyring();
    const envelope = await getEnvelope(transport, input.envelopeId);
    const { contentKey, manifest } = await openSent(transport, webCrypto, keys, envelope);
    return keep(envelope.envelopeId, { contentKey, manifest, parts: envelope.partList });
  },

  /** @throws PliError `keyring_locked`, `integrity`, `not_found` */
  async readReceived(input: { item: InboxItem }): Promise<Manifest> {
    const { item } = input;
    const known = openedHere(item.envelopeId);
    if (known) return known.manifest;
    const { contentKey, manifest } = await openInboxItem(transport, webCrypto, keyring(), item);
    return keep(item.envelopeId, { contentKey, manifest, parts: item.partList });
  },

  /**
   * One attachment to its target, verified before it gets its name.
   * @returns a Blob for targets of kind `browser`. @throws PliError `integrity`, `cancelled`, `storage_full`
   */
  async download(
    input: { envelopeId: string; attachment: number; target: Target },
    call: Call<{ doneBytes: number }>,
  ): Promise<Blob | undefined> {
    const { stream } = attachmentOf(input, call.signal);
    const sink = await openSink(input.target);
    try {
      const reader = stream.getReader();
      let doneBytes = 0;
      let toldAtMs = 0;
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        await sink.write(value);
        doneBytes += value.length;
        if (performance.now() - toldAtMs < 120) continue;
        toldAtMs = performance.now();
        call.emit({ doneBytes });
      }
      return await sink.finish("application/octet-stream");
    } catch (error) {
      await sink.abort();
      throw error;
    }
  },

  /** The beginning of an attachment for showing. @param limitBytes where to stop; a file up to it is whole and verified */
  async preview(input: { envelopeId: string; attachment: number; limitBytes: number }, call: Call): Promise<Blob> {
    const { stream, sizeBytes } = attachmentOf(input, call.signal);
    const reader = stream.getReader();
    const pieces: BlobPart[] = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return new Blob(pieces);
      pieces.push(value.slice(0, input.limitBytes - size));
      size += value.length;
      if (size < input.limitBytes || size >= sizeBytes) continue;
      await reader.cancel();
      return new Blob(pieces);
    }
  },

  /** What was said after a message. What opens and seals it is loaded when there is a conversation. */
  async readSaid(input: { envelopeId: string }): Promise<readonly SaidHere[]> {
    const { readSaid } = await import("./app-thread.ts");
    return readSaid(input.envelopeId);
  },
  async say(input: Answer): Promise<void> {
    const { say } = await import("./app-thread.ts");
    await say(input);
  },

  /** The link as it was sent. */
  async linkOf(input: KeptLink): Promise<string> {
    return openGrantLink(webCrypto, keyring(), { ...input, origin: location.origin });
  },

  async resend(input: KeptLink): Promise<void> {
    await resend(transport, webCrypto, keyring(), input);
  },

  async addGrant(input: {
    envelope: SentEnvelope;
    recipient: Recipient;
    policy: Pick<MessagePolicy, "password" | "openings" | "language" | "delivery">;
  }): Promise<SentLink> {
    return addGrant(transport, webCrypto, keyring(), input);
  },
};
