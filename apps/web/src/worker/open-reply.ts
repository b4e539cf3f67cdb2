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
  sendReply as sendSealedReply,
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
function lineOf(input: Omit<ReplyText, "html" | "files">): ReplyText {
  return { ...input, html: textToHtml(input.text), files: [], brief: true };
}

/** Asked before a reply is written. @throws PliError `opening_required`, `rate_limited` */
export async function readersOf(message: OpenMessage, t: Transport): Promise<ReplyReaders> {
  const { grantId, manifest, opening } = message;
  return { others: await findReaders(t, grantId, { manifest, opening }), hidden: isBlind(manifest, opening) };
}

async function createReplyRoom(
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
      const answer = await sendSealedReply(t, webCrypto, {
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

let reply: ReplyRoom | undefined;
let starting: Promise<ReplyRoom> | undefined;

function begun(): ReplyRoom {
  if (!reply) throw new PliError("conflict");
  return reply;
}

/** Opens a reply: its place on the server, its own key. @throws PliError `opening_required`, `limit_reached` */
export async function startReply(message: OpenMessage, t: Transport): Promise<void> {
  if (reply) return;
  // several files chosen at once ask at once: all of them belong into one reply
  starting ??= createReplyRoom(message, t);
  try {
    reply = await starting;
  } finally {
    starting = undefined;
  }
}

export async function addReplyFile(input: { id: number; file: File }, call: Call<ReplyEvent>): Promise<void> {
  await begun().add(input, call);
}

export function removeReplyFile({ id }: { id: number }): void {
  reply?.remove(id);
}

/** @returns what its writer may keep of it */
export async function sendReply(input: ReplyText): Promise<Receipt> {
  const receipt = await begun().send(input);
  reply = undefined;
  return receipt;
}

/** Drops a reply that was begun; its place on the server is cleaned up there. */
export async function dropReply(): Promise<void> {
  const dropped = reply;
  reply = undefined;
  await dropped?.drop();
}

/** One line, without files: sealed and sent at once. */
export async function say(message: OpenMessage, t: Transport, input: Omit<ReplyText, "html" | "files">): Promise<void> {
  const room = await createReplyRoom(message, t);
  await room.send(lineOf(input));
}
