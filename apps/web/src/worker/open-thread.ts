/** The conversation of the open message, in the recipient's worker: what was said is fetched and opened here. Loaded after the message's text. */
import { getGrantThread, openGrantThreadItem, type Transport } from "@pli/client/open";
import { webCrypto } from "@pli/core/crypto-web";
import { PliError } from "@pli/core/errors";
import type { Manifest } from "@pli/core/sealing";
import type { GrantThreadItem } from "@pli/core/wire";
import type { OpenMessage } from "./open-worker.ts";

/** One entry, as the page shows it. */
export interface Said {
  readonly envelopeId: string;
  readonly mine: boolean;
  readonly sentAt: string;
  /** null: it cannot be opened. */
  readonly manifest: Manifest | null;
}
export interface Conversation {
  /** In the order of time. */
  readonly said: readonly Said[];
  readonly live: boolean;
}

const opened = new Map<string, { readonly said: Said; readonly message?: OpenMessage }>();

/** @throws PliError `opening_required`, `network` */
export async function readThread(message: OpenMessage, t: Transport): Promise<Conversation> {
  const items: GrantThreadItem[] = [];
  let live = false;
  let cursor: string | undefined;
  do {
    const page = await getGrantThread(t, message.grantId, cursor);
    items.push(...page.items);
    live = page.live;
    cursor = page.next;
  } while (cursor !== undefined);
  const said: Said[] = [];
  for (const item of items.reverse()) said.push((opened.get(item.envelopeId) ?? (await open(message, t, item))).said);
  return { said, live };
}

async function open(message: OpenMessage, t: Transport, item: GrantThreadItem) {
  const { envelopeId, mine, sentAt, parts } = item;
  const { grantId, linkSecret, contentKey: messageKey } = message;
  const shown = { envelopeId, mine, sentAt };
  try {
    const found = await openGrantThreadItem(t, webCrypto, { grantId, linkSecret, messageKey }, item);
    const entry = {
      said: { ...shown, manifest: found.manifest },
      message: { ...message, ...found, said: envelopeId, opening: { ...message.opening, parts } },
    };
    opened.set(envelopeId, entry);
    return entry;
  } catch (error) {
    // what was changed on the way stays unreadable; what did not come is asked for again
    if (!(error instanceof PliError) || error.code !== "integrity") throw error;
    return { said: { ...shown, manifest: null } };
  }
}

/** What `download` and `preview` read from. */
export function saidMessage(envelopeId: string): OpenMessage | undefined {
  return opened.get(envelopeId)?.message;
}
