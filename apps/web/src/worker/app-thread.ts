/** The conversation of a sent message, in the worker (spec: messages.md M24): what was said is opened here, answers are sealed here. */
import {
  canBeAnswered,
  createAnswerDraft,
  createUpload,
  getThread,
  openThreadItem,
  type SentEnvelope,
  sendAnswer,
  textToHtml,
} from "@pli/client";
import { toBase64url } from "@pli/core/bytes";
import { webCrypto } from "@pli/core/crypto-web";
import { PliError } from "@pli/core/errors";
import type { Manifest } from "@pli/core/sealing";
import type { GrantStatus, ThreadItem } from "@pli/core/wire";
import { keyring } from "./app-keys.ts";
import { keep, openedHere } from "./app-opened.ts";
import { transport } from "./app-transport.ts";

export interface SaidHere {
  readonly item: Omit<ThreadItem, "sealedKey">;
  /** null: it cannot be opened, or its key is withheld. */
  readonly manifest: Manifest | null;
}
export interface Answer {
  readonly envelope: SentEnvelope;
  readonly grants: readonly GrantStatus[];
  readonly text: string;
  readonly subject: string;
  readonly from: { readonly name: string; readonly address: string };
}

/** In the order of time. @throws PliError `keyring_locked`, `not_found` */
export async function readSaid(envelopeId: string): Promise<readonly SaidHere[]> {
  const keys = keyring();
  const items: ThreadItem[] = [];
  let cursor: string | undefined;
  do {
    const page = await getThread(transport, envelopeId, cursor);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  const said: SaidHere[] = [];
  for (const entry of items.reverse()) {
    const { sealedKey: _key, ...item } = entry;
    const known = openedHere(item.envelopeId)?.manifest;
    said.push({ item, manifest: known ?? (item.keyWithheld ? null : await open(entry)) });
  }
  return said;

  async function open(item: ThreadItem): Promise<Manifest | null> {
    try {
      const { contentKey, manifest } = await openThreadItem(transport, webCrypto, keys, item);
      return keep(item.envelopeId, { contentKey, manifest, parts: item.partList });
    } catch (error) {
      // changed on the way; what did not come is asked for again
      if (error instanceof PliError && error.code === "integrity") return null;
      throw error;
    }
  }
}

/** @throws PliError of sendAnswer; `keyring_locked` */
export async function say({ envelope, grants, text, subject, from }: Answer): Promise<void> {
  const keys = keyring();
  const { draft, contentKey } = await createAnswerDraft(transport, webCrypto, envelope.envelopeId);
  const { envelopeId, chunkBytes } = draft;
  const upload = createUpload(transport, webCrypto, { envelopeId, contentKey, chunkBytes });
  await sendAnswer(transport, webCrypto, keys, {
    draft,
    contentKey,
    upload,
    envelope,
    grants: grants.filter(canBeAnswered),
    account: { keyring: { kemPublic: toBase64url(keys.kemPublic) } },
    message: { subject, html: textToHtml(text), text, from, attachments: [] },
  });
}
