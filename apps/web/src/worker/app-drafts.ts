/**
 * Drafts in the worker (spec: messages.md M1, M10): kept on this device, sealed; their files go up while the text is still being written.
 * A draft's content key lives here and, sealed, in the draft's record, so that files once sealed stay sealed after a closed tab; a file
 * that was not finished begins again in new parts (Z2).
 */
import {
  createDraft,
  createUpload,
  deleteDraft,
  getEnvelope,
  type MessagePolicy,
  type PreparedMessage,
  prepareMessage,
  type Recipient,
  type SentLink,
  submitMessage,
  takeBack,
  type Upload,
  type UploadedFile,
  type UploadState,
  type UploadTask,
} from "@pli/client";
import { fromBase64url, toBase64url } from "@pli/core/bytes";
import { webCrypto } from "@pli/core/crypto-web";
import { PliError } from "@pli/core/errors";
import { asContentKey } from "@pli/core/sealing";
import { keyring, member, whenMemberLeaves } from "./app-keys.ts";
import { dropHandle, dropRecord, readHandle, readRecord, readRecords, writeHandle, writeRecord } from "./app-store.ts";
import { patientTransport, transport } from "./app-transport.ts";
import type { Call } from "./rpc.ts";

/** What is written; the page's own, kept as it is. */
export interface DraftContent {
  readonly subject: string;
  readonly html: string;
  readonly people: number;
  readonly firstPerson: string;
  /** Recipients and protection, as the page models them. */
  readonly fields: unknown;
}
export interface AttachmentRecord {
  readonly attachmentId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly lastModifiedMs: number;
  readonly uploaded?: UploadedFile | undefined;
}
/** `done`: sealed; `again`: has to be chosen again; with a handle it can be read again when allowed. */
export interface AttachmentView extends Omit<AttachmentRecord, "uploaded"> {
  readonly state: "done" | "again";
  readonly handle?: FileSystemFileHandle | undefined;
}
export interface DraftListItem {
  readonly draftId: string;
  readonly subject: string;
  readonly people: number;
  readonly firstPerson: string;
  readonly files: number;
  readonly savedAtMs: number;
}
export interface UploadEvent {
  readonly doneBytes: number;
  readonly state: UploadState;
  readonly signedOut: boolean;
}
/** A message that was sent from this browser and can still be taken back. */
export interface HeldDraft {
  readonly draftId: string;
  readonly envelopeId: string;
  readonly people: number;
  readonly untilMs: number;
}
export interface SendResult {
  readonly envelopeId: string;
  readonly takeBackUntil?: string | undefined;
  readonly links: readonly SentLink[];
}

interface KeptEnvelope {
  envelopeId: string;
  contentKey: string;
  chunkBytes: number;
  /** Part numbers below it may have been used. */
  nextPart: number;
  manifestMayExist: boolean;
}
interface DraftRecord {
  content: DraftContent;
  savedAtMs: number;
  attachments: AttachmentRecord[];
  envelope?: KeptEnvelope | undefined;
  sentUntilMs?: number | undefined;
}
interface OpenDraft {
  record: DraftRecord;
  /** False until there is something worth keeping. */
  kept: boolean;
  upload?: Upload | undefined;
  starting?: Promise<Upload> | undefined;
  tasks: Map<string, UploadTask>;
  prepared?: { of: string; message: PreparedMessage } | undefined;
  signedOut: Set<() => void>;
  release: () => void;
  saving: Promise<void>;
}

const PART_BYTES = 1024 ** 3;
const drafts = new Map<string, OpenDraft>();
whenMemberLeaves(() => {
  for (const { tasks, release } of drafts.values()) {
    for (const task of tasks.values()) if (task.state !== "done") task.cancel();
    release();
  }
  drafts.clear();
});

function draftOf(draftId: string): OpenDraft {
  const draft = drafts.get(draftId);
  if (!draft) throw new PliError("not_found");
  return draft;
}

/** Saves one after the other: two writes at once could end in the older one. */
function save(draftId: string, draft: OpenDraft): Promise<void> {
  draft.kept = true;
  draft.saving = draft.saving
    .catch(() => undefined)
    .then(() => (drafts.get(draftId) === draft ? writeRecord(member(), draftId, draft.record) : undefined));
  return draft.saving;
}

/** Holds a draft for this tab. @throws PliError `conflict` {state: "open_elsewhere"} */
function hold(draftId: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    void navigator.locks.request(`pli-draft:${draftId}`, { ifAvailable: true }, (lock) => {
      if (!lock) {
        reject(new PliError("conflict", { details: { state: "open_elsewhere" } }));
        return undefined;
      }
      return new Promise<void>((release) => resolve(release));
    });
  });
}

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
function uploadOf(draftId: string, draft: OpenDraft): Promise<Upload> {
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

/** Whether the server still has the draft. Without an answer it is taken as there. */
async function stillThere(envelope: KeptEnvelope): Promise<boolean> {
  try {
    return (await getEnvelope(transport, envelope.envelopeId)).state === "draft";
  } catch (error) {
    return !(error instanceof PliError) || !["not_found", "expired"].includes(error.code);
  }
}

function replaceAttachment(draft: OpenDraft, next: AttachmentRecord): void {
  const { attachments } = draft.record;
  const at = attachments.findIndex(({ attachmentId }) => attachmentId === next.attachmentId);
  if (at < 0) attachments.push(next);
  else attachments[at] = next;
}

async function forget(draftId: string, attachments: readonly AttachmentRecord[]): Promise<void> {
  const draft = drafts.get(draftId);
  drafts.delete(draftId);
  await draft?.saving.catch(() => undefined);
  await dropRecord(member(), draftId);
  for (const { attachmentId } of attachments) await dropHandle(attachmentId);
  draft?.release();
}

export const draftProcedures = {
  async listDrafts(): Promise<readonly DraftListItem[]> {
    const items: DraftListItem[] = [];
    for (const { draftId, record } of await readRecords(member())) {
      const { content, attachments, savedAtMs, sentUntilMs } = record as DraftRecord;
      if (sentUntilMs !== undefined) {
        // sent, and only kept in case it is taken back
        if (sentUntilMs < Date.now() && !drafts.has(draftId)) await forget(draftId, attachments);
        continue;
      }
      const { subject, people, firstPerson } = content;
      items.push({ draftId, subject, people, firstPerson, files: attachments.length, savedAtMs });
    }
    return items.sort((a, b) => b.savedAtMs - a.savedAtMs);
  },

  /** @returns null for a new draft. @throws PliError `conflict` {state: "open_elsewhere"} */
  async openDraft(input: {
    draftId: string;
  }): Promise<{ content: DraftContent; savedAtMs: number; attachments: readonly AttachmentView[] } | null> {
    const { draftId } = input;
    const present = drafts.get(draftId);
    if (present) {
      const { content, savedAtMs } = present.record;
      return present.kept ? { content, savedAtMs, attachments: await views(present) } : null;
    }
    const release = await hold(draftId);
    const found = (await readRecord(member(), draftId)) as DraftRecord | undefined;
    const content: DraftContent = { subject: "", html: "", people: 0, firstPerson: "", fields: null };
    const record = found ?? { content, savedAtMs: Date.now(), attachments: [] };
    const saving = Promise.resolve();
    const draft: OpenDraft = { record, kept: Boolean(found), tasks: new Map(), signedOut: new Set(), release, saving };
    drafts.set(draftId, draft);
    if (!found) return null;
    const isSent = record.sentUntilMs !== undefined;
    if (record.envelope && !isSent && !(await stillThere(record.envelope))) {
      // what was sealed for it went with it: under a new key everything is sealed anew
      record.envelope = undefined;
      record.attachments = record.attachments.map((one) => ({ ...one, uploaded: undefined }));
    }
    return { content: record.content, savedAtMs: record.savedAtMs, attachments: await views(draft) };
  },

  async saveDraft(input: { draftId: string; content: DraftContent }): Promise<{ savedAtMs: number }> {
    const draft = draftOf(input.draftId);
    draft.record.content = input.content;
    draft.record.savedAtMs = Date.now();
    await save(input.draftId, draft);
    return { savedAtMs: draft.record.savedAtMs };
  },

  /** The page is left: what is going up stops, the record stays. */
  async closeDraft(input: { draftId: string }): Promise<void> {
    const draft = drafts.get(input.draftId);
    if (!draft || draft.record.sentUntilMs !== undefined) return;
    for (const task of draft.tasks.values()) if (task.state !== "done") task.cancel();
    await draft.saving.catch(() => undefined);
    drafts.delete(input.draftId);
    draft.release();
  },

  /** Removes a draft, here and on the server. */
  async deleteDraft(input: { draftId: string }): Promise<void> {
    const draft = drafts.get(input.draftId);
    const record = draft?.record ?? ((await readRecord(member(), input.draftId)) as DraftRecord | undefined);
    for (const task of draft?.tasks.values() ?? []) task.cancel();
    await forget(input.draftId, record?.attachments ?? []);
    // out of reach: the server clears drafts by itself after their time
    if (record?.envelope) await deleteDraft(transport, record.envelope.envelopeId).catch(() => undefined);
  },

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
    replaceAttachment(draft, { attachmentId, name, mediaType, sizeBytes, lastModifiedMs });
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

  /**
   * Seals and orders the sending. The same call again after `network` sends nothing twice.
   * @throws PliError of prepareMessage, submitMessage; `keyring_locked`
   */
  async send(
    input: {
      draftId: string;
      subject: string;
      html: string;
      text: string;
      from: { name: string; address: string };
      recipients: readonly Recipient[];
      policy: MessagePolicy;
    },
    call: Call,
  ): Promise<SendResult> {
    const { draftId, policy, ...message } = input;
    const draft = draftOf(draftId);
    const { kemPublic } = keyring();
    const of = JSON.stringify([message, policy, draft.record.attachments.map(({ attachmentId }) => attachmentId)]);
    if (draft.prepared?.of !== of) {
      const upload = await uploadOf(draftId, draft);
      const envelope = draft.record.envelope as KeptEnvelope;
      const attachments = draft.record.attachments.flatMap(({ name, uploaded }) =>
        uploaded ? [{ ...uploaded.attachment, name }] : [],
      );
      envelope.manifestMayExist = true;
      const prepared = await prepareMessage(transport, webCrypto, {
        draft: envelope,
        contentKey: asContentKey(fromBase64url(envelope.contentKey)),
        upload,
        account: { keyring: { kemPublic: toBase64url(kemPublic) } },
        message: { ...message, attachments },
        policy,
        signal: call.signal,
      });
      draft.prepared = { of, message: prepared };
    }
    const { message: prepared } = draft.prepared as { message: PreparedMessage };
    const { envelopeId, takeBackUntil } = await submitMessage(transport, prepared);
    draft.prepared = undefined;
    draft.record.sentUntilMs = takeBackUntil ? Date.parse(takeBackUntil) : Date.now();
    await save(draftId, draft).catch(() => undefined);
    return { envelopeId, takeBackUntil, links: prepared.links };
  },

  /** What can still be taken back, after a reload too. Forgets what no longer can. */
  async heldDraft(): Promise<HeldDraft | null> {
    let found: HeldDraft | null = null;
    for (const { draftId, record } of await readRecords(member())) {
      const { sentUntilMs: untilMs, envelope, content, attachments } = record as DraftRecord;
      if (untilMs === undefined || drafts.has(draftId)) continue;
      if (untilMs <= Date.now() || !envelope) await forget(draftId, attachments);
      else found = { draftId, envelopeId: envelope.envelopeId, people: content.people, untilMs };
    }
    return found;
  },

  /** The message is a draft again, with everything. @throws PliError `too_late` */
  async takeBack(input: { draftId: string }): Promise<void> {
    if (!drafts.has(input.draftId)) await draftProcedures.openDraft(input);
    const draft = draftOf(input.draftId);
    await takeBack(transport, (draft.record.envelope as KeptEnvelope).envelopeId);
    draft.record.sentUntilMs = undefined;
    await save(input.draftId, draft);
  },

  /** The time to take it back is over: nothing of the draft is kept here. */
  async forgetSent(input: { draftId: string }): Promise<void> {
    const kept = drafts.get(input.draftId)?.record ?? (await readRecord(member(), input.draftId));
    const { sentUntilMs, attachments } = (kept ?? { attachments: [] }) as DraftRecord;
    if (sentUntilMs !== undefined) await forget(input.draftId, attachments);
  },
};

async function views(draft: OpenDraft): Promise<AttachmentView[]> {
  return Promise.all(
    draft.record.attachments.map(async ({ uploaded, ...record }) => ({
      ...record,
      state: uploaded ? ("done" as const) : ("again" as const),
      handle: uploaded ? undefined : await readHandle(record.attachmentId),
    })),
  );
}
