/** Downloads of an opened message's files: big ones straight to a place the person chooses where the browser can, each whole or not at all. */
import { PliError } from "@pli/core/errors";
import type { ManifestAttachment } from "@pli/core/sealing";
import { useState } from "preact/hooks";
import { savedName } from "../../open/reading/file-names.ts";
import type { Target } from "../../worker/saving.ts";
import { saveBlob } from "../download.ts";
import { callWorker } from "../keys/worker.ts";

export interface Download {
  readonly state: "running" | "done" | "failed";
  readonly doneBytes: number;
  readonly error?: PliError;
}

/** From here on a file goes through the system's dialog: it must not have to fit in memory. */
const BIG_BYTES = 64 * 1024 * 1024;

type SavePicker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;

/** @returns nothing when the person turned the dialog down */
async function chooseTarget(suggestedName: string, sizeBytes: number): Promise<Target | undefined> {
  const picker = (globalThis as { showSaveFilePicker?: SavePicker }).showSaveFilePicker;
  if (!picker || sizeBytes < BIG_BYTES) return { kind: "browser", sizeBytes };
  try {
    return { kind: "file", handle: await picker({ suggestedName }) };
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    return { kind: "browser", sizeBytes };
  }
}

export function useDownloads(envelopeId: string, attachments: readonly ManifestAttachment[]) {
  const [downloads, set] = useState<ReadonlyMap<number, Download>>(new Map());
  const [aborts] = useState(() => new Map<number, AbortController>());
  const update = (at: number, download: Download | null) =>
    set((before) => {
      const next = new Map(before);
      if (download) next.set(at, download);
      else next.delete(at);
      return next;
    });

  async function run(at: number): Promise<void> {
    const attachment = attachments[at];
    if (!attachment || aborts.has(at)) return;
    const { sizeBytes } = attachment;
    const name = savedName(attachment.name);
    const target = await chooseTarget(name, sizeBytes);
    if (!target) return;
    const abort = new AbortController();
    aborts.set(at, abort);
    update(at, { state: "running", doneBytes: 0 });
    try {
      const blob = await callWorker(
        "download",
        { envelopeId, attachment: at, target },
        { signal: abort.signal, onEvent: ({ doneBytes }) => update(at, { state: "running", doneBytes }) },
      );
      if (blob) saveBlob(blob, name);
      update(at, { state: "done", doneBytes: sizeBytes });
    } catch (failure) {
      const error = failure instanceof PliError ? failure : new PliError("internal");
      update(at, error.code === "cancelled" ? null : { state: "failed", doneBytes: 0, error });
    } finally {
      aborts.delete(at);
    }
  }

  return {
    downloads,
    start: (at: number) => void run(at),
    stop: (at: number) => aborts.get(at)?.abort(),
  };
}
