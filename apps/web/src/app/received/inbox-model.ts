/** The received list: items of the server with what this device can read of them. */
import { type InboxFilter, inbox } from "@pli/client";
import type { Manifest } from "@pli/core/sealing";
import type { InboxItem } from "@pli/core/wire";
import { server } from "../api.ts";
import { isUnlocked, lookAtKeys } from "../keys/keys.ts";
import { callWorker } from "../keys/worker.ts";

export interface ReceivedRow {
  readonly item: InboxItem;
  /** undefined: locked, or its key is withheld; null: cannot be opened. */
  readonly manifest: Manifest | null | undefined;
}

export async function openRow(item: InboxItem): Promise<ReceivedRow> {
  if (!isUnlocked() || item.keyWithheld) return { item, manifest: undefined };
  return { item, manifest: await callWorker("readReceived", { item }).catch(() => null) };
}

/** Replies of one person to one message, as one line of the list: the newest, and how many there are on this page. */
export interface ReceivedThread {
  readonly newest: ReceivedRow;
  readonly count: number;
  readonly read: boolean;
}

export function threadsOf(rows: readonly ReceivedRow[]): readonly ReceivedThread[] {
  const threads = new Map<string, ReceivedRow[]>();
  for (const row of rows) {
    const { inReplyTo, envelopeId, from } = row.item;
    const key = `${inReplyTo ?? envelopeId} ${from.address}`;
    threads.set(key, [...(threads.get(key) ?? []), row]);
  }
  return [...threads.values()].flatMap((all) => {
    const [newest] = all;
    return newest ? [{ newest, count: all.length, read: all.every(({ item }) => item.read) }] : [];
  });
}

export async function loadReceived(
  cursor: string | undefined,
  filter: InboxFilter = {},
): Promise<{
  rows: readonly ReceivedRow[];
  next?: string | undefined;
}> {
  const [page] = await Promise.all([inbox(server, cursor, filter), lookAtKeys().catch(() => undefined)]);
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
