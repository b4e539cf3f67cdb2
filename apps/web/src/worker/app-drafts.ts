/** Drafts in the worker (spec: messages.md M1): listed, opened, saved and deleted. What goes up and what is sent: app-drafts-files, -sending. */
import { deleteDraft, getEnvelope } from "@pli/client";
import { PliError } from "@pli/core/errors";
import {
  type AttachmentRecord,
  type DraftContent,
  type DraftRecord,
  draftOf,
  drafts,
  forget,
  hold,
  type KeptEnvelope,
  type OpenDraft,
  save,
} from "./app-drafts-open.ts";
import { member } from "./app-keys.ts";
import { readHandle, readRecord, readRecords } from "./app-store.ts";
import { transport } from "./app-transport.ts";

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

/** Whether the server still has the draft. Without an answer it is taken as there. */
async function stillThere(envelope: KeptEnvelope): Promise<boolean> {
  try {
    return (await getEnvelope(transport, envelope.envelopeId)).state === "draft";
  } catch (error) {
    return !(error instanceof PliError) || !["not_found", "expired"].includes(error.code);
  }
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
