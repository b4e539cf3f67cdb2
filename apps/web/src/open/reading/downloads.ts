/** Downloads of a page: start, pause, go on, stop, try again; each with its state, speed and time left. The work is in the worker. */
import { PliError } from "@pli/core/errors";
import type { ManifestAttachment } from "@pli/core/sealing";
import { useEffect, useRef, useState } from "preact/hooks";
import type { DownloadAllInput, DownloadInput, JobEvent, PreviewInput } from "../../worker/open-files.ts";
import type { CallOptions } from "../../worker/rpc.ts";
import { SMALL_BYTES, type Target } from "../../worker/saving.ts";
import { savedName, zipNames } from "./saved-names.ts";

/** `failed` carries why, by the error's code. */
export type DownloadState = "running" | "paused" | "waiting" | "done" | "failed";
export interface Download {
  readonly state: DownloadState;
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number;
  readonly code?: string;
}
/** One attachment by its place, or all of them. */
export type What = number | "all";

/** The worker of whoever reads: a recipient's or a member's. */
export interface FileDoors {
  download(input: DownloadInput, options: CallOptions<JobEvent>): Promise<Blob | undefined>;
  downloadAll(input: DownloadAllInput, options: CallOptions<JobEvent>): Promise<Blob | undefined>;
  preview(input: PreviewInput, options: CallOptions<JobEvent>): Promise<Blob | undefined>;
  steer(input: { job: number; paused: boolean }): Promise<void>;
}

interface Running {
  job: number;
  abort: AbortController;
}

/** More than this in memory is likely to fail in a browser that cannot write to disk. */
const RISKY_BYTES = 1024 * 1024 * 1024;
/** A Blob's URL must live until the browser has taken it over. */
const HAND_OVER_MS = 60_000;

let lastJob = 0;

export function useDownloads(
  doors: FileDoors,
  attachments: readonly ManifestAttachment[],
  zipName: string,
  onSettled: (what: What, state: "done" | "failed") => void,
) {
  const [downloads, setDownloads] = useState<ReadonlyMap<What, Download>>(new Map());
  const running = useRef(new Map<What, Running>());
  const settled = useRef(onSettled);
  settled.current = onSettled;

  function update(what: What, change: Partial<Download>) {
    setDownloads((before) => {
      const download = before.get(what);
      return download ? new Map(before).set(what, { ...download, ...change }) : before;
    });
  }

  // leaving the page would cut them off
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (running.current.size > 0) event.preventDefault();
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, []);

  const bytesOf = (what: What) =>
    what === "all"
      ? attachments.reduce((sum, { sizeBytes, restriction }) => sum + (restriction ? 0 : sizeBytes), 0)
      : (attachments[what]?.sizeBytes ?? 0);
  const nameOf = (what: What) => (what === "all" ? `${zipName}.zip` : savedName(attachments[what]?.name ?? ""));

  /** Call it in the click itself: browsers show their dialog for a file only then. */
  async function start(what: What) {
    if (running.current.has(what)) return;
    const totalBytes = bytesOf(what);
    const target = await chooseTarget(nameOf(what), totalBytes);
    if (!target) return;
    const job = ++lastJob;
    const abort = new AbortController();
    running.current.set(what, { job, abort });
    setDownloads((before) =>
      new Map(before).set(what, { state: "running", doneBytes: 0, totalBytes, bytesPerSecond: 0 }),
    );
    const speed = createSpeed();
    const onEvent = ({ doneBytes, waiting }: JobEvent) => {
      setDownloads((before) => {
        const download = before.get(what);
        if (!download || download.state === "paused") return before;
        const bytesPerSecond = speed(doneBytes);
        return new Map(before).set(what, {
          ...download,
          doneBytes,
          bytesPerSecond,
          state: waiting ? "waiting" : "running",
        });
      });
    };
    try {
      const options = { onEvent, signal: abort.signal };
      const blob =
        what === "all"
          ? await doors.downloadAll({ job, target, attachments: zipEntries(attachments) }, options)
          : await doors.download({ job, target, attachment: what }, options);
      if (blob) handOver(blob, nameOf(what));
      update(what, { state: "done", doneBytes: totalBytes });
      settled.current(what, "done");
    } catch (error) {
      const code = error instanceof PliError ? error.code : "internal";
      if (code === "cancelled") {
        setDownloads((before) => {
          const left = new Map(before);
          left.delete(what);
          return left;
        });
      } else {
        update(what, { state: "failed", code });
        settled.current(what, "failed");
      }
    } finally {
      running.current.delete(what);
    }
  }

  function pause(what: What, paused: boolean) {
    const job = running.current.get(what)?.job;
    if (job === undefined) return;
    void doors.steer({ job, paused });
    update(what, { state: paused ? "paused" : "running", bytesPerSecond: 0 });
  }

  return {
    downloads,
    start: (what: What) => void start(what),
    pause: (what: What) => pause(what, true),
    resume: (what: What) => pause(what, false),
    stop: (what: What) => running.current.get(what)?.abort.abort(),
    /** Whether it would have to fit in memory, which may fail: ask first. */
    isRisky: (what: What) => bytesOf(what) > RISKY_BYTES && !canChooseFile() && !("storage" in navigator),
    bytesOf,
  };
}

function zipEntries(attachments: readonly ManifestAttachment[]): { index: number; name: string }[] {
  const downloadable = attachments.flatMap(({ name, restriction }, index) => (restriction ? [] : [{ index, name }]));
  const names = zipNames(downloadable.map(({ name }) => name));
  return downloadable.map(({ index }, place) => ({ index, name: names[place] ?? String(index) }));
}

type SavePicker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;

function canChooseFile(): boolean {
  return "showSaveFilePicker" in globalThis;
}

/** Small files go where the browser puts downloads; big ones straight to a place that the person chooses. @returns nothing when they changed their mind */
async function chooseTarget(suggestedName: string, sizeBytes: number): Promise<Target | undefined> {
  if (sizeBytes <= SMALL_BYTES || !canChooseFile()) return { kind: "browser", sizeBytes };
  try {
    const pick = (globalThis as unknown as { showSaveFilePicker: SavePicker }).showSaveFilePicker;
    return { kind: "file", handle: await pick({ suggestedName }) };
  } catch (error) {
    return error instanceof DOMException && error.name === "AbortError" ? undefined : { kind: "browser", sizeBytes };
  }
}

function handOver(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(url), HAND_OVER_MS);
}

/** Bytes per second over the last five seconds. */
function createSpeed(): (doneBytes: number) => number {
  const points: { atMs: number; doneBytes: number }[] = [];
  return (doneBytes) => {
    const atMs = performance.now();
    points.push({ atMs, doneBytes });
    while (points.length > 2 && atMs - (points[0]?.atMs ?? 0) > 5000) points.shift();
    const first = points[0];
    const seconds = (atMs - (first?.atMs ?? atMs)) / 1000;
    return seconds > 0.5 && first ? (doneBytes - first.doneBytes) / seconds : 0;
  };
}
