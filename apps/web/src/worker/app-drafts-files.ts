/**
 * Files of a draft in the worker (spec: messages.md M1): they go up sealed while the text is still being written, with pause and going on.
 * A file that was not finished begins again in new parts (Z2).
 */
import { createDraft, createUpload, type Upload, type UploadState } from "@pli/client";
import { fromBase64url, toBase64url } from "@pli/core/bytes";
import { webCrypto } from "@pli/core/crypto-web";
import { PliError } from "@pli/core/errors";
import { asContentKey } from "@pli/core/sealing";
import { type AttachmentRecord, draftOf, type KeptEnvelope, type OpenDraft, save } from "./app-drafts-open.ts";
import { dropHandle, writeHandle } from "./app-store.ts";
import { patientTransport, transport } from "./app-transport.ts";
import type { Call } from "./rpc.ts";

export interface UploadEvent {
  readonly doneBytes: number;
  readonly state: UploadState;
  readonly signedOut: boolean;
}

const PART_BYTES = 1024 ** 3;

function startUpload(draft: OpenDraft, envelope: KeptEnvelope): Upload {
  const earlierParts = draft.record.attachments.flatMap(({ uploaded }) => uploaded?.parts ?? []);
  draft.upload = createUpload(
    patientTransport(() => {
      for (const tell of draft.signedOut) tell();
    }),
    webCrypto,
    {
      envelopeId: envelope.envelopeId,
      contentKey: asContentKey(fromBase64url(envelope.contentKey)),
      chunkBytes: envelope.chunkBytes,
      firstPart: envelope.nextPart,
      earlierParts,
      manifestMayExist: envelope.manifestMayExist,
    },
  );
  return draft.upload;
}

/** The draft's upload; the server's draft and the content key are made when first needed. */
export function uploadOf(draftId: string, draft: OpenDraft): Promise<Upload> {
  if (draft.upload) return Promise.resolve(draft.upload);
  draft.starting ??= (async () => {
    const idempotencyKey = toBase64url(webCrypto.randomBytes(16));
    const made = draft.record.envelope ? undefined : await createDraft(transport, webCrypto, { idempotencyKey });
    draft.record.envelope ??= made && {
      envelopeId: made.draft.envelopeId,
      contentKey: toBase64url(made.contentKey),
      chunkBytes: made.draft.chunkBytes,
      nextPart: 1,
      manifestMayExist: false,
    };
    const upload = startUpload(draft, draft.record.envelope as KeptEnvelope);
    await save(draftId, draft);
    return upload;
  })().finally(() => {
    draft.starting = undefined;
  });
  return draft.starting;
}

function replaceAttachment(draft: OpenDraft, next: AttachmentRecord): void {
  const { attachments } = draft.record;
  const at = attachments.findIndex(({ attachmentId }) => attachmentId === next.attachmentId);
  if (at < 0) attachments.push(next);
  else attachments[at] = { ...attachments[at], ...next };
}

export const draftFileProcedures = {
  /** Seals and sends one file; answers when the server has it. @throws PliError as UploadTask.done */
  async attach(
    input: {
      draftId: string;
      attachmentId: string;
      file: File;
      name: string;
      handle?: FileSystemFileHandle | undefined;
    },
    call: Call<UploadEvent>,
  ): Promise<void> {
    const { draftId, attachmentId, file, name, handle } = input;
    const draft = draftOf(draftId);
    const { size: sizeBytes, lastModified: lastModifiedMs } = file;
    const mediaType = file.type || "application/octet-stream";
    replaceAttachment(draft, { attachmentId, name, mediaType, sizeBytes, lastModifiedMs, uploaded: undefined });
    if (handle) await writeHandle(attachmentId, handle).catch(() => undefined);
    const upload = await uploadOf(draftId, draft);
    if (call.signal.aborted) throw new PliError("cancelled");
    let doneBytes = 0;
    let state: UploadState = "queued";
    let signedOut = false;
    let toldAtMs = 0;
    const tell = (now: boolean) => {
      if (!now && performance.now() - toldAtMs < 120) return;
      toldAtMs = performance.now();
      call.emit({ doneBytes, state, signedOut });
    };
    const onSignedOut = () => {
      signedOut = true;
      tell(true);
    };
    draft.signedOut.add(onSignedOut);
    const task = upload.add(
      { name, mediaType, sizeBytes, content: file },
      {
        onProgress: (progress) => {
          doneBytes = progress.doneBytes;
          signedOut = false;
          tell(false);
        },
        onState: (next) => {
          state = next;
          tell(true);
        },
      },
    );
    draft.tasks.set(attachmentId, task);
    // numbers that this file may still use, so that a restart begins after them
    const envelope = draft.record.envelope as KeptEnvelope;
    const waiting = [...draft.tasks.values()].filter((one) => !["done", "failed", "cancelled"].includes(one.state));
    const reserve = waiting.reduce((parts, one) => parts + 1 + Math.ceil(one.progress.sizeBytes / PART_BYTES), 0);
    envelope.nextPart = Math.max(envelope.nextPart, upload.nextPart + reserve);
    await save(draftId, draft);
    try {
      const uploaded = await task.done;
      if (!draft.record.attachments.some((one) => one.attachmentId === attachmentId)) throw new PliError("cancelled");
      replaceAttachment(draft, { attachmentId, name, mediaType, sizeBytes, lastModifiedMs, uploaded });
      await save(draftId, draft);
      await dropHandle(attachmentId);
    } finally {
      draft.signedOut.delete(onSignedOut);
    }
  },

  async pauseFile(input: { draftId: string; attachmentId: string }): Promise<void> {
    draftOf(input.draftId).tasks.get(input.attachmentId)?.pause();
  },

  async resumeFile(input: { draftId: string; attachmentId: string }): Promise<void> {
    draftOf(input.draftId).tasks.get(input.attachmentId)?.resume();
  },

  /** Marks a file to look at only, or takes the mark off. */
  async restrictFile(input: { draftId: string; attachmentId: string; viewOnly: boolean }): Promise<void> {
    const { draftId, attachmentId, viewOnly } = input;
    const draft = draftOf(draftId);
    const { attachments } = draft.record;
    draft.record.attachments = attachments.map((one) =>
      one.attachmentId === attachmentId ? { ...one, viewOnly } : one,
    );
    await save(draftId, draft);
  },

  async detach(input: { draftId: string; attachmentId: string }): Promise<void> {
    const { draftId, attachmentId } = input;
    const draft = draftOf(draftId);
    const record = draft.record.attachments.find((one) => one.attachmentId === attachmentId);
    draft.record.attachments = draft.record.attachments.filter((one) => one !== record);
    const task = draft.tasks.get(attachmentId);
    draft.tasks.delete(attachmentId);
    await dropHandle(attachmentId);
    if (task) task.cancel();
    else if (record?.uploaded) {
      const upload = await uploadOf(draftId, draft);
      await upload.remove(record.uploaded.parts).catch(() => undefined);
    }
    await save(draftId, draft);
  },
};
