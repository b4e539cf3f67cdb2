/**
 * The drafts that this tab holds (spec: messages.md M1): one tab at a time writes a draft, its record is kept sealed on this device, and
 * with the member that wrote it everything here goes. A draft's content key lives in its record, so that files once sealed stay sealed
 * after a closed tab.
 */
import type { PreparedMessage, Upload, UploadedFile, UploadTask } from "@pli/client";
import { PliError } from "@pli/core/errors";
import { member, whenMemberLeaves } from "./app-keys.ts";
import { dropHandle, dropRecord, writeRecord } from "./app-store.ts";

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
  /** To look at only (M15). */
  readonly viewOnly?: boolean | undefined;
  readonly uploaded?: UploadedFile | undefined;
}
export interface KeptEnvelope {
  envelopeId: string;
  contentKey: string;
  chunkBytes: number;
  /** Part numbers below it may have been used. */
  nextPart: number;
  manifestMayExist: boolean;
}
export interface DraftRecord {
  content: DraftContent;
  savedAtMs: number;
  attachments: AttachmentRecord[];
  envelope?: KeptEnvelope | undefined;
  sentUntilMs?: number | undefined;
}
export interface OpenDraft {
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

export const drafts = new Map<string, OpenDraft>();
whenMemberLeaves(() => {
  for (const { tasks, release } of drafts.values()) {
    for (const task of tasks.values()) if (task.state !== "done") task.cancel();
    release();
  }
  drafts.clear();
});

export function draftOf(draftId: string): OpenDraft {
  const draft = drafts.get(draftId);
  if (!draft) throw new PliError("not_found");
  return draft;
}

/** Saves one after the other: two writes at once could end in the older one. */
export function save(draftId: string, draft: OpenDraft): Promise<void> {
  draft.kept = true;
  draft.saving = draft.saving
    .catch(() => undefined)
    .then(() => (drafts.get(draftId) === draft ? writeRecord(member(), draftId, draft.record) : undefined));
  return draft.saving;
}

/** Holds a draft for this tab. @throws PliError `conflict` {state: "open_elsewhere"} */
export function hold(draftId: string): Promise<() => void> {
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

export async function forget(draftId: string, attachments: readonly AttachmentRecord[]): Promise<void> {
  const draft = drafts.get(draftId);
  drafts.delete(draftId);
  await draft?.saving.catch(() => undefined);
  await dropRecord(member(), draftId);
  for (const { attachmentId } of attachments) await dropHandle(attachmentId);
  draft?.release();
}
