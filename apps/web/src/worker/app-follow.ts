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
import type { DownloadAllInput, DownloadInput, JobEvent, OpenFiles, PreviewInput } from "./open-files.ts";
import type { Call } from "./rpc.ts";

const summaries = new Map<string, Summary | null>();
whenMemberLeaves(() => {
  summaries.clear();
});
interface Of {
  readonly envelopeId: string;
}

/** @throws PliError `not_found` when it was not opened here */
function filesOf({ envelopeId }: Of): OpenFiles {
  const envelope = openedHere(envelopeId);
  if (!envelope) throw new PliError("not_found");
  return { source: { envelopeId }, ...envelope };
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

  /** One attachment to its target, verified before it gets its name. @returns a Blob for targets of kind `browser` */
  async download(input: DownloadInput & Of, call: Call<JobEvent>): Promise<Blob | undefined> {
    const { download } = await import("./open-files.ts");
    return download(filesOf(input), input, call);
  },
  /** All attachments as one ZIP (stored, ZIP64 when needed). */
  async downloadAll(input: DownloadAllInput & Of, call: Call<JobEvent>): Promise<Blob | undefined> {
    const { downloadAll } = await import("./open-files.ts");
    return downloadAll(filesOf(input), input, call);
  },
  /** The beginning of an attachment for showing, or all of it. */
  async preview(input: PreviewInput & Of, call: Call<JobEvent>): Promise<Blob | undefined> {
    const { preview } = await import("./open-files.ts");
    return preview(filesOf(input), input, call);
  },
  /** Pauses a running job, or lets it go on. */
  async steer({ job, paused }: { job: number; paused: boolean }): Promise<void> {
    const { steer } = await import("./open-files.ts");
    steer(job, paused);
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
