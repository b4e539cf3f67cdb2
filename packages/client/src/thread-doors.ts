/** A recipient reads the conversation of their message (spec: messages.md M24): as long as the opening of this device runs. */
import type { ContentKey, CryptoProvider, Manifest, Thread } from "@pli/core/sealing";
import { unwrapFromThread } from "@pli/core/sealing";
import type { GrantThread, GrantThreadItem } from "@pli/core/wire";
import { readManifest } from "./read-manifest.ts";
import type { Transport } from "./transport.ts";

/** What was said through this grant, newest first. @throws PliError `opening_required` */
export function getGrantThread(t: Transport, grantId: string, cursor?: string): Promise<GrantThread> {
  return t.json("GET", `/api/v1/grants/${grantId}/thread${cursor === undefined ? "" : `?cursor=${cursor}`}`);
}

/** Opens an entry; its attachments by readAttachment with `source: {grantId, said: item.envelopeId}` and `parts: item.parts`. */
export async function openGrantThreadItem(
  t: Transport,
  crypto: CryptoProvider,
  thread: Thread,
  item: Pick<GrantThreadItem, "envelopeId" | "wrappedKey">,
): Promise<{ contentKey: ContentKey; manifest: Manifest }> {
  const contentKey = await unwrapFromThread(crypto, thread, item);
  const source = { grantId: thread.grantId, said: item.envelopeId };
  return { contentKey, manifest: await readManifest(t, crypto, { source, contentKey }) };
}
