/**
 * Sends one sealed chunk until the server has it: tries again for as long as it takes, stops while paused, always with the same bytes.
 * How many are on their way at once is counted over all files of an upload.
 */
import { PliError } from "@pli/core/errors";
import type { Permits } from "./permits.ts";
import { isPassing, retryDelayMs, type Transport } from "./transport.ts";

/** What a chunk needs to know of the file it belongs to. */
export interface SenderTask {
  /** Aborts for good. */
  readonly signal: AbortSignal;
  /** Resolves at once, or when the task is resumed. @throws PliError `cancelled` */
  passGate(): Promise<void>;
  /** Aborts the present try when the task is paused. Made anew by each `passGate`. */
  pauseSignal(): AbortSignal;
  /** The network is away, or back. */
  online(isOnline: boolean): void;
}

export interface SenderOptions {
  readonly transport: Transport;
  readonly inFlight: Permits;
  readonly patienceMs: number;
  readonly waitsFor?: ((error: PliError) => boolean) | undefined;
}

/** An abort of either; `release` when neither matters any more. */
function either(first: AbortSignal, second: AbortSignal): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const signal of [first, second]) {
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  }
  return {
    signal: controller.signal,
    release() {
      for (const signal of [first, second]) signal.removeEventListener("abort", stop);
    },
  };
}

/** @throws PliError `cancelled`; the server's refusal; the last passing error when `patienceMs` is over */
export async function sendChunk(
  options: SenderOptions,
  task: SenderTask,
  chunk: { readonly path: string; readonly bytes: Uint8Array<ArrayBuffer> },
  onProgress: (sentBytes: number) => void,
): Promise<void> {
  const { transport, inFlight, patienceMs, waitsFor } = options;
  let failingSinceMs: number | undefined;
  let tries = 0;
  for (;;) {
    await task.passGate();
    const pause = task.pauseSignal();
    const stopping = either(task.signal, pause);
    const { signal } = stopping;
    try {
      await inFlight.take(signal);
      try {
        await transport.put(chunk.path, chunk.bytes, { signal, onProgress });
      } finally {
        inFlight.give();
      }
      task.online(true);
      return;
    } catch (error) {
      onProgress(0);
      if (task.signal.aborted) throw new PliError("cancelled");
      if (!pause.aborted) {
        if (!(error instanceof PliError) || !(isPassing(error) || waitsFor?.(error))) throw error;
        tries += 1;
        failingSinceMs ??= Date.now();
        if (Date.now() - failingSinceMs >= patienceMs) throw error;
        task.online(false);
        // A pause ends the wait as well; the gate then holds.
        await transport.wait(retryDelayMs(error, tries), signal).catch(() => undefined);
      }
    } finally {
      stopping.release();
    }
  }
}
