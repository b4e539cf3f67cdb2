/**
 * A reply, in the recipient's worker: its own content key, files sealed and sent as they are added, all sealed for the sender of the
 * message. Loaded when somebody replies; the only part of the recipient's page that seals to a public key.
 */
import {
  createReplyDraft,
  createUpload,
  findReaders,
  isBlind,
  receiptOf,
  replyAuthor,
  sendReply,
  type Transport,
  textToHtml,
  type UploadedFile,
  type UploadState,
  type UploadTask,
} from "@pli/client";
import { webCrypto } from "@pli/core/crypto-web";
import { PliError } from "@pli/core/errors";
import type { Manifest, Receipt } from "@pli/core/sealing";
import type { OpenMessage } from "./open-worker.ts";
import type { Call } from "./rpc.ts";

export interface ReplyText {
  readonly html: string;
  readonly text: string;
  readonly subject: string;
  /** The recipient's address as the landing page shows it. */
  readonly maskedAddress: string;
  /** Files by what `add` was told to call them, in order. */
  readonly files: readonly number[];
  /** A line in a row of lines: the sender need not be told of each. */
  readonly brief?: boolean;
  /** To all: those of `readersOf`. */
  readonly readers?: Manifest["to"];
}
/** Whom a reply to all reaches, and whether its writer was hidden until now. */
export interface ReplyReaders {
  readonly others: Manifest["to"];
  readonly hidden: boolean;
}
export interface ReplyEvent {
  readonly doneBytes: number;
  readonly state: UploadState;
}
export interface ReplyRoom {
  /** Seals and sends a file; settles when the server holds it. Cancelling takes it out again. */
  add(input: { id: number; file: File }, call: Call<ReplyEvent>): Promise<void>;
  remove(id: number): void;
  /** @throws PliError `conflict` while files are on their way, {state: "readers"} when not all of them are reached any more */
  send(text: ReplyText): Promise<Receipt>;
  drop(): Promise<void>;
}

/** A line of the conversation as a reply. */
export function lineOf(input: Omit<ReplyText, "html" | "files">): ReplyText {
  return { ...input, html: textToHtml(input.text), files: [], brief: true };
}

/** Asked before a reply is written. @throws PliError `opening_required`, `rate_limited` */
export async function readersOf(message: OpenMessage, t: Transport): Promise<ReplyReaders> {
  const { grantId, manifest, opening } = message;
  return { others: await findReaders(t, grantId, { manifest, opening }), hidden: isBlind(manifest, opening) };
}

export async function createReplyRoom(
  { grantId, linkSecret, contentKey: messageKey, opening, manifest }: OpenMessage,
  t: Transport,
): Promise<ReplyRoom> {
  const { draft, contentKey } = await createReplyDraft(t, webCrypto, grantId);
  const { envelopeId: ownId, chunkBytes } = draft;
  const upload = createUpload(t, webCrypto, { envelopeId: ownId, contentKey, chunkBytes });
  const tasks = new Map<number, UploadTask>();
  const done = new Map<number, UploadedFile>();

  return {
    async add({ id, file }, call) {
      const before = { size: file.size, lastModified: file.lastModified };
      const content = {
        name: file.name,
        mediaType: file.type || "application/octet-stream",
        sizeBytes: file.size,
        content: file,
        changed: async () => file.size !== before.size || file.lastModified !== before.lastModified,
      };
      let state: UploadState = "queued";
      let doneBytes = 0;
      const task = upload.add(content, {
        onProgress(progress) {
          doneBytes = progress.doneBytes;
          call.emit({ doneBytes, state });
        },
        onState(next) {
          state = next;
          call.emit({ doneBytes, state });
        },
      });
      tasks.set(id, task);
      done.set(id, await task.done);
    },
    remove(id) {
      tasks.get(id)?.cancel();
      tasks.delete(id);
      done.delete(id);
    },
    async send({ html, text, subject, maskedAddress, files, brief, readers }) {
      const attachments = files.map((id) => {
        const file = done.get(id);
        if (!file) throw new PliError("conflict", { details: { state: "uploading" } });
        return file.attachment;
      });
      const author = replyAuthor(manifest, { maskedAddress });
      const from = readers ? { ...author, address: opening.address } : author;
      const message = { subject, html, text, from, attachments };
      const createdAt = new Date().toISOString();
      const inReplyTo = opening.envelopeId;
      const answer = await sendReply(t, webCrypto, {
        draft,
        contentKey,
        upload,
        to: manifest,
        inReplyTo,
        thread: { grantId, linkSecret, messageKey },
        ...(brief && { brief }),
        ...(readers && { readers }),
        message,
        createdAt,
      });
      return receiptOf(t.origin, { answer, message, to: manifest, inReplyTo, createdAt, ...(readers && { readers }) });
    },
    async drop() {
      for (const task of tasks.values()) task.cancel();
      await t.json("DELETE", `/api/v1/envelopes/${ownId}`).catch(() => undefined);
    },
  };
}
