/** One file's task: its state, pausing and cancelling, its share of memory, its progress. What is done in it comes from upload.ts. */
import { PliError } from "@pli/core/errors";
import { sealedBytes } from "@pli/core/sealing";
import type { SenderTask } from "./chunk-sender.ts";
import type { Permits } from "./permits.ts";
import type { AddOptions, UploadedFile, UploadFile, UploadState, UploadTask } from "./upload-types.ts";

/** What the work sees of its task. */
export interface TaskControl extends SenderTask {
  /** Notes a part number, to be removed when the task does not come to its end. */
  partStarted(part: number): void;
  /** Waits for room for one chunk. */
  takeMemory(): Promise<void>;
  giveMemory(): void;
  /** A function to tell how much of a chunk of `sizeBytes` has gone. */
  chunkProgress(sizeBytes: number): (sentBytes: number) => void;
  fail(error: unknown): void;
}

export interface TaskOptions extends AddOptions {
  readonly file: Pick<UploadFile, "sizeBytes">;
  /** Files being worked on at once. */
  readonly files: Permits;
  /** Chunks in memory. */
  readonly memory: Permits;
  readonly removePart: (part: number) => Promise<void>;
}

/** Queues `work`, which gets the task's controls and starts when it is the file's turn. */
export function createTask(options: TaskOptions, work: (control: TaskControl) => Promise<UploadedFile>): UploadTask {
  const { file, files, memory, removePart, onProgress, onState } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const started: number[] = [];
  let state: UploadState = "queued";
  let hasTurn = false;
  let isPaused = false;
  let isOnline = true;
  let pausing = new AbortController();
  let resumed: Promise<void> | undefined;
  let openGate: (() => void) | undefined;
  let chunksHeld = 0;
  let sentBytes = 0;
  let hasEnded = false;
  let failure: unknown;

  const isOver = () => state === "done" || state === "failed" || state === "cancelled";
  function enter(next: UploadState): void {
    if (next === state || isOver()) return;
    state = next;
    onState?.(state);
  }
  const going = () => enter(isPaused ? "paused" : !hasTurn ? "queued" : isOnline ? "running" : "offline");
  const progress = () => ({
    doneBytes: Math.min(file.sizeBytes, Math.floor((sentBytes / sealedBytes(file.sizeBytes)) * file.sizeBytes)),
    sizeBytes: file.sizeBytes,
  });

  /** Stops everything; the first reason counts. */
  function stop(reason: unknown): void {
    failure ??= reason;
    stopping.abort();
    openGate?.();
  }
  const control: TaskControl = {
    signal,
    async passGate() {
      if (isPaused && !signal.aborted) await resumed;
      if (signal.aborted) throw new PliError("cancelled");
    },
    pauseSignal: () => pausing.signal,
    online(online) {
      isOnline = online;
      going();
    },
    partStarted: (part) => void started.push(part),
    async takeMemory() {
      await memory.take(signal);
      chunksHeld += 1;
      if (isPaused) memory.give();
    },
    giveMemory() {
      if (hasEnded) return;
      chunksHeld -= 1;
      if (!isPaused) memory.give();
    },
    chunkProgress() {
      let told = 0;
      return (bytes) => {
        sentBytes += bytes - told;
        told = bytes;
        onProgress?.(progress());
      };
    },
    fail: stop,
  };

  async function run(): Promise<UploadedFile> {
    try {
      await files.take(signal);
      hasTurn = true;
      if (isPaused) files.give();
      going();
      await control.passGate();
      const uploaded = await work(control);
      if (signal.aborted) throw new PliError("cancelled");
      enter("done");
      return uploaded;
    } catch (error) {
      failure ??= error;
      stopping.abort();
      enter(failure instanceof PliError && failure.code === "cancelled" ? "cancelled" : "failed");
      await Promise.allSettled(started.map(removePart));
      throw failure;
    } finally {
      if (!isPaused) {
        memory.give(chunksHeld);
        if (hasTurn) files.give();
      }
      hasEnded = true;
      isPaused = false;
    }
  }
  const done = run();
  // Whoever does not look at `done` looks at `state`.
  done.catch(() => undefined);

  return {
    get state() {
      return state;
    },
    get progress() {
      return progress();
    },
    done,
    pause() {
      if (isPaused || isOver()) return;
      isPaused = true;
      resumed = new Promise((resolve) => {
        openGate = resolve;
      });
      pausing.abort();
      // Others may go on meanwhile, in the memory that this one only keeps.
      memory.give(chunksHeld);
      if (hasTurn) files.give();
      going();
    },
    resume() {
      if (!isPaused || isOver()) return;
      isPaused = false;
      pausing = new AbortController();
      memory.give(-chunksHeld);
      if (hasTurn) files.give(-1);
      openGate?.();
      going();
    },
    cancel() {
      if (state === "done") {
        state = "cancelled";
        onState?.(state);
        void Promise.allSettled(started.map(removePart));
      } else stop(new PliError("cancelled"));
    },
  };
}
