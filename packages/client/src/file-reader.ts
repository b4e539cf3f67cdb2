/** Reads a file's plaintext in pieces of asked sizes, and notices when it is not the file that was added. */
import { PliError } from "@pli/core/errors";
import type { UploadFile } from "./upload-types.ts";

/** The file is not what it was: shorter, longer, touched or gone. */
export function fileChanged(cause?: unknown): PliError {
  return new PliError("conflict", { details: { state: "file_changed" }, ...(cause !== undefined && { cause }) });
}

export interface PlainReader {
  /**
   * Exactly `lengthBytes` bytes: a view of what arrived or of the reader's own memory, to be used before the next call.
   * @throws PliError `conflict` (state `file_changed`) when the file ends before
   */
  read(lengthBytes: number): Promise<Uint8Array>;
  /** @throws PliError `conflict` (state `file_changed`) when there is more than expected */
  expectEnd(): Promise<void>;
  close(): Promise<void>;
}

/** Names of DOMExceptions with which browsers say that a picked file was changed, moved or deleted. */
const GONE = ["NotReadableError", "NotFoundError"];

function readingError(cause: unknown): PliError {
  if (cause instanceof PliError) return cause;
  const name = (cause as { name?: unknown } | null)?.name;
  if (typeof name === "string" && GONE.includes(name)) return fileChanged(cause);
  return new PliError("bad_input", { details: { field: "file" }, cause });
}

/** @param mostBytes the longest piece that will be asked for */
export function openFile(file: UploadFile, startBytes: number, mostBytes: number): PlainReader {
  const { content } = file;
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let arrival: Uint8Array = new Uint8Array(0);
  const held = new Uint8Array(Math.min(mostBytes, file.sizeBytes));

  async function next(): Promise<boolean> {
    try {
      reader ??= (content instanceof Blob ? content.slice(startBytes).stream() : content(startBytes)).getReader();
      const { done, value } = await reader.read();
      if (!done) arrival = value;
      return !done;
    } catch (cause) {
      throw readingError(cause);
    }
  }
  return {
    async read(lengthBytes) {
      let filled = 0;
      while (filled < lengthBytes) {
        if (arrival.length === 0 && !(await next())) throw fileChanged();
        const taken = arrival.subarray(0, lengthBytes - filled);
        arrival = arrival.subarray(taken.length);
        if (taken.length === lengthBytes) return taken;
        held.set(taken, filled);
        filled += taken.length;
      }
      return held.subarray(0, lengthBytes);
    },
    async expectEnd() {
      while (arrival.length === 0) if (!(await next())) break;
      if (arrival.length > 0) throw fileChanged();
      if (await file.changed?.()) throw fileChanged();
    },
    async close() {
      await reader?.cancel().catch(() => undefined);
    },
  };
}
