/** A blob store that is watched, whatever it is made of: bytes, times, failures, a span for each operation of a request. Changes nothing. */
import { PliError } from "@pli/core/errors";
import type { BlobStore } from "../blobs/index.ts";
import type { Telemetry } from "./index.ts";
import { currentWork } from "./work.ts";

export function watchBlobs(store: BlobStore, { meters, tracing }: Telemetry): BlobStore {
  /** To be called with what went wrong, or nothing, when it is over. */
  const begin = (operation: string): ((error?: unknown) => void) => {
    const startedMs = performance.now();
    const parent = currentWork()?.span ?? null;
    const span = parent === null ? null : tracing.begin({ name: `store ${operation}`, kind: "client", parent });
    return (error) => {
      const code = error === undefined ? null : faultOf(error);
      if (code !== null) meters.count("pli_store_errors_total", { operation, code });
      meters.observe("pli_store_operation_duration_seconds", { operation }, (performance.now() - startedMs) / 1000);
      span?.end(code === null ? {} : { error: code });
    };
  };
  const timed = async <T>(operation: string, run: () => Promise<T>): Promise<T> => {
    const end = begin(operation);
    try {
      const value = await run();
      end();
      return value;
    } catch (error) {
      end(error);
      throw error;
    }
  };
  return {
    ...store,
    putChunk: async (folder, name, source, maxBytes, declaredBytes) => {
      const stored = await timed("put", () => store.putChunk(folder, name, source, maxBytes, declaredBytes));
      if (stored.isNew) meters.count("pli_chunk_bytes_total", { direction: "in" }, stored.sizeBytes);
      return stored;
    },
    listChunks: (folder) => timed("list", () => store.listChunks(folder)),
    readChunk: (folder, name, start, end) =>
      watchReading(store.readChunk(folder, name, start, end), begin, (bytes) =>
        meters.count("pli_chunk_bytes_total", { direction: "out" }, bytes),
      ),
    deleteChunk: (folder, name) => timed("delete", () => store.deleteChunk(folder, name)),
    deleteFolder: (folder) => timed("delete", () => store.deleteFolder(folder)),
    checkWritable: () => timed("check", () => store.checkWritable()),
  };
}

/** The time until the first piece is the store's; after it the reader sets the pace. */
async function* watchReading(
  pieces: AsyncIterable<Uint8Array>,
  begin: (operation: string) => (error?: unknown) => void,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const end = begin("read");
  let begun = false;
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      if (!begun) end();
      begun = true;
      bytes += piece.length;
      yield piece;
    }
    if (!begun) end();
    begun = true;
  } catch (error) {
    if (!begun) end(error);
    begun = true;
    throw error;
  } finally {
    // A reader that broke off before the first piece.
    if (!begun) end();
    count(bytes);
  }
}

/** Null: nothing is wrong with the store (a chunk that is not there, a caller who hung up or sent too much). */
function faultOf(error: unknown): string | null {
  if (!(error instanceof PliError)) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return code === "ERR_STREAM_PREMATURE_CLOSE" || code === "ECONNRESET" || code === "ABORT_ERR" ? null : "fault";
  }
  return error.code === "storage_full" || error.code === "unavailable" ? error.code : null;
}
