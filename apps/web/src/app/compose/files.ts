/** The files of a draft on the page: each with its state, speed and time left. Sealing and sending are the worker's. */
import { PliError } from "@pli/core/errors";
import { computed, signal } from "@preact/signals";
import type { AttachmentView } from "../../worker/app-drafts.ts";
import type { UploadEvent } from "../../worker/app-drafts-files.ts";
import { sessionLost } from "../account-state.ts";
import { callWorker } from "../keys/worker.ts";

export type FileState = "queued" | "running" | "offline" | "signed_out" | "paused" | "done" | "failed" | "again";

export interface DraftFile {
  readonly attachmentId: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly lastModifiedMs: number;
  readonly state: FileState;
  readonly doneBytes: number;
  readonly bytesPerSecond: number;
  readonly error?: PliError | undefined;
  /** Where to read it again, when the browser may. */
  readonly handle?: FileSystemFileHandle | undefined;
  /** Chosen again, but it is not the same file. */
  readonly mismatch?: boolean | undefined;
  /** To look at only (M15). */
  readonly viewOnly?: boolean | undefined;
  /** Taken off, and may come back: neither shown nor sent. */
  readonly isAside?: boolean | undefined;
}

export interface Picked {
  readonly file: File;
  /** With its folders. */
  readonly name: string;
  readonly handle?: FileSystemFileHandle | undefined;
}

const SPEED_OVER_MS = 5000;
const UNDERWAY: readonly FileState[] = ["queued", "running", "offline", "signed_out"];

/** Bytes per second over the last few seconds. */
function createSpeed() {
  const marks: { atMs: number; bytes: number }[] = [];
  return (bytes: number): number => {
    const atMs = performance.now();
    marks.push({ atMs, bytes });
    while (marks.length > 2 && atMs - (marks[0]?.atMs ?? 0) > SPEED_OVER_MS) marks.shift();
    const first = marks[0];
    if (!first || atMs - first.atMs < 400) return 0;
    return Math.max(0, ((bytes - first.bytes) / (atMs - first.atMs)) * 1000);
  };
}

export function createFiles(draftId: string) {
  const all = signal<readonly DraftFile[]>([]);
  const list = computed(() => all.value.filter(({ isAside }) => isAside !== true));
  const running = new Map<string, AbortController>();

  function update(attachmentId: string, change: Partial<DraftFile>): void {
    all.value = all.value.map((one) => (one.attachmentId === attachmentId ? { ...one, ...change } : one));
  }

  function start(attachmentId: string, picked: Picked): void {
    const abort = new AbortController();
    running.set(attachmentId, abort);
    const speed = createSpeed();
    const onEvent = ({ doneBytes, state, signedOut }: UploadEvent) => {
      if (state === "done" || state === "failed" || state === "cancelled") return;
      if (signedOut) sessionLost();
      const shown = signedOut ? "signed_out" : state;
      // a file set aside pauses, and comes back as it was
      if (all.peek().some((one) => one.attachmentId === attachmentId && one.isAside)) return;
      update(attachmentId, { doneBytes, state: shown, bytesPerSecond: state === "running" ? speed(doneBytes) : 0 });
    };
    const { file, name, handle } = picked;
    callWorker("attach", { draftId, attachmentId, file, name, handle }, { onEvent, signal: abort.signal }).then(
      () => update(attachmentId, { state: "done", doneBytes: file.size, error: undefined, handle: undefined }),
      (failure: unknown) => {
        const error = failure instanceof PliError ? failure : new PliError("internal");
        if (error.code !== "cancelled") update(attachmentId, { state: "failed", error });
      },
    );
  }

  /** @returns names that are there already, and so were not added */
  function add(picked: readonly Picked[]): string[] {
    const twins: string[] = [];
    for (const one of picked) {
      const { file, name, handle } = one;
      const same = list.value.find((other) => other.name === name && other.sizeBytes === file.size);
      if (same && (same.state === "again" || same.state === "failed")) {
        chooseAgain(same.attachmentId, one);
        continue;
      }
      if (same && same.lastModifiedMs === file.lastModified) {
        twins.push(name);
        continue;
      }
      const attachmentId = crypto.randomUUID();
      const facts = { attachmentId, name, sizeBytes: file.size, lastModifiedMs: file.lastModified, handle };
      all.value = [...all.value, { ...facts, state: "queued", doneBytes: 0, bytesPerSecond: 0 }];
      start(attachmentId, one);
    }
    return twins;
  }

  /** The same file once more: recognised by its name and size. */
  function chooseAgain(attachmentId: string, picked: Picked): void {
    const present = list.value.find((one) => one.attachmentId === attachmentId);
    if (!present) return;
    const changed = present.state === "failed"; // a file that changed while it was read has another size by right
    const own = present.name.split("/").pop() === picked.file.name;
    if (!changed && !(own && present.sizeBytes === picked.file.size)) {
      update(attachmentId, { mismatch: true });
      return;
    }
    update(attachmentId, {
      state: "queued",
      doneBytes: 0,
      mismatch: false,
      error: undefined,
      sizeBytes: picked.file.size,
      lastModifiedMs: picked.file.lastModified,
    });
    start(attachmentId, { ...picked, name: present.name });
  }

  return {
    list,
    add,
    chooseAgain,

    /** What the draft had: done, or to be read again. */
    restore(views: readonly AttachmentView[]): void {
      all.value = views.map(({ attachmentId, name, sizeBytes, lastModifiedMs, viewOnly, state, handle }) => ({
        attachmentId,
        name,
        sizeBytes,
        lastModifiedMs,
        viewOnly,
        handle,
        state,
        doneBytes: state === "done" ? sizeBytes : 0,
        bytesPerSecond: 0,
      }));
      for (const one of list.value) if (one.handle && one.state === "again") void readAgain(one, false);
    },

    /** Reads a file by its handle, after a click that lets the browser ask. */
    readAgain: (file: DraftFile) => readAgain(file, true),

    pause(attachmentId: string): void {
      update(attachmentId, { state: "paused", bytesPerSecond: 0 });
      void callWorker("pauseFile", { draftId, attachmentId });
    },
    resume(attachmentId: string): void {
      void callWorker("resumeFile", { draftId, attachmentId });
    },

    async restrict(attachmentId: string, viewOnly: boolean): Promise<void> {
      update(attachmentId, { viewOnly });
      await callWorker("restrictFile", { draftId, attachmentId, viewOnly });
    },

    /** Off the message, until `bringBack` or `remove`. */
    setAside(attachmentId: string): void {
      if (isMoving(attachmentId)) void callWorker("pauseFile", { draftId, attachmentId });
      update(attachmentId, { isAside: true });
    },
    bringBack(attachmentId: string): void {
      const own = all.peek().find((one) => one.attachmentId === attachmentId);
      // chosen again meanwhile: once is enough
      if (list.peek().some(({ name, sizeBytes }) => name === own?.name && sizeBytes === own.sizeBytes)) {
        void remove(attachmentId).catch(() => undefined);
        return;
      }
      update(attachmentId, { isAside: false });
      if (isMoving(attachmentId)) void callWorker("resumeFile", { draftId, attachmentId });
    },
    remove,
    /** Nothing comes back any more. @throws PliError of the removing */
    async settle(): Promise<void> {
      for (const { attachmentId, isAside } of all.peek()) if (isAside) await remove(attachmentId);
    },

    totalBytes: () => list.value.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    unfinished: () => list.value.filter(({ state }) => state !== "done").length,
    /** Those that go on by themselves. */
    underway: () => list.value.filter(({ state }) => UNDERWAY.includes(state)).length,
  };

  function isMoving(attachmentId: string): boolean {
    const present = all.peek().find((one) => one.attachmentId === attachmentId);
    return present !== undefined && UNDERWAY.includes(present.state);
  }

  async function remove(attachmentId: string): Promise<void> {
    if (!all.peek().some((one) => one.attachmentId === attachmentId)) return;
    all.value = all.value.filter((one) => one.attachmentId !== attachmentId);
    running.get(attachmentId)?.abort();
    running.delete(attachmentId);
    await callWorker("detach", { draftId, attachmentId });
  }

  async function readAgain(file: DraftFile, mayAsk: boolean): Promise<void> {
    const handle = file.handle as (FileSystemFileHandle & Permissions) | undefined;
    if (!handle) return;
    try {
      const answer = await (mayAsk ? handle.requestPermission : handle.queryPermission)?.call(handle, { mode: "read" });
      if (answer !== "granted") return;
      chooseAgain(file.attachmentId, { file: await handle.getFile(), name: file.name, handle });
    } catch {
      update(file.attachmentId, { handle: undefined }); // moved or deleted: it has to be chosen again
    }
  }
}

/** Not yet in TypeScript's page types. */
interface Permissions {
  queryPermission?(options: { mode: "read" }): Promise<PermissionState>;
  requestPermission?(options: { mode: "read" }): Promise<PermissionState>;
}

export type DraftFiles = ReturnType<typeof createFiles>;
