/** The received list: items of the server with what this device can read of them. */
import { inbox } from "@pli/client";
import type { Manifest } from "@pli/core/sealing";
import type { InboxItem } from "@pli/core/wire";
import { server } from "../api.ts";
import { isUnlocked, lookAtKeys } from "../keys/keys.ts";
import { callWorker } from "../keys/worker.ts";

export interface ReceivedRow {
  readonly item: InboxItem;
  /** undefined: locked; null: cannot be opened. */
  readonly manifest: Manifest | null | undefined;
}

export async function openRow(item: InboxItem): Promise<ReceivedRow> {
  if (!isUnlocked()) return { item, manifest: undefined };
  return { item, manifest: await callWorker("readReceived", { item }).catch(() => null) };
}

export async function loadReceived(cursor: string | undefined): Promise<{
  rows: readonly ReceivedRow[];
  next?: string | undefined;
}> {
  const [page] = await Promise.all([inbox(server, cursor), lookAtKeys().catch(() => undefined)]);
  return { rows: await Promise.all(page.items.map(openRow)), next: page.next };
}

/** One item, wherever it is in the list. @returns null when it is not there (any more) */
export async function findItem(envelopeId: string): Promise<InboxItem | null> {
  let cursor: string | undefined;
  do {
    const page = await inbox(server, cursor);
    const found = page.items.find((item) => item.envelopeId === envelopeId);
    if (found) return found;
    cursor = page.next;
  } while (cursor !== undefined);
  return null;
}
