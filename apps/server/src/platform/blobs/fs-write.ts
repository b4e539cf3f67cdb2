/**
 * The write path of an upload: what the socket yields is gathered to about 2 MiB and written by one `writev` at a time, then
 * synced. The source is paused while enough is waiting, so memory per upload is bounded; very many at once gather less.
 */

import type { FileHandle } from "node:fs/promises";
import type { Readable } from "node:stream";
import { PliError } from "@pli/core/errors";
import { releasePiece } from "./piece-memory.ts";

const GATHER_BYTES = 2 * 1024 * 1024;
/** So many transfers of one direction take the memory that is fastest; who comes on top of them takes little, and is slower. */
export const MANY_TRANSFERS = 128;
const SMALL_GATHER_BYTES = 64 * 1024;
let writers = 0;

/**
 * Writes all of `source` to a new file, durable and closed when it resolves, and resolves to its size in bytes.
 * @throws PliError `payload_too_large`, `bad_input` (nothing came), `cancelled` (the source broke off); errors of the file system
 */
export async function writeStream(handle: FileHandle, source: Readable, maxBytes: number): Promise<number> {
  const gatherBytes = writers < MANY_TRANSFERS ? GATHER_BYTES : SMALL_GATHER_BYTES;
  writers++;
  try {
    const sizeBytes = await pour(handle, source, maxBytes, gatherBytes);
    if (sizeBytes === 0) throw new PliError("bad_input", { details: { field: "body" } });
    await handle.datasync();
    return sizeBytes;
  } finally {
    writers--;
    await handle.close();
  }
}

function pour(handle: FileHandle, source: Readable, maxBytes: number, gatherBytes: number): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    let gathered: Uint8Array[] = [];
    let gatheredBytes = 0;
    let totalBytes = 0;
    let writing = false;
    let ended = false;
    let failure: unknown;

    const settle = () => {
      if (writing) return;
      if (failure !== undefined) {
        detach();
        reject(failure);
      } else if (ended && gatheredBytes === 0) {
        detach();
        resolve(totalBytes);
      }
    };
    const fail = (error: unknown) => {
      failure ??= error;
      settle();
    };
    const flush = () => {
      if (writing || failure !== undefined || gatheredBytes === 0) return;
      const pieces = gathered;
      const bytes = gatheredBytes;
      gathered = [];
      gatheredBytes = 0;
      writing = true;
      writeAll(handle, pieces, bytes).then(
        () => {
          for (const piece of pieces) releasePiece(piece);
          writing = false;
          if (ended || gatheredBytes >= gatherBytes) flush();
          if (!ended && gatheredBytes < gatherBytes) source.resume();
          settle();
        },
        (error: unknown) => {
          writing = false;
          fail(error);
        },
      );
    };
    const onData = (piece: Uint8Array) => {
      totalBytes += piece.length;
      if (totalBytes > maxBytes) {
        fail(new PliError("payload_too_large", { details: { limit: maxBytes } }));
        return;
      }
      gathered.push(piece);
      gatheredBytes += piece.length;
      if (gatheredBytes >= gatherBytes) {
        if (writing) source.pause();
        else flush();
      }
    };
    const onEnd = () => {
      ended = true;
      flush();
      settle();
    };
    const onError = (cause: unknown) => fail(new PliError("cancelled", { cause }));
    const onClose = () => {
      if (!ended) fail(new PliError("cancelled"));
    };
    const detach = () => {
      source.off("data", onData);
      source.off("end", onEnd);
      source.off("error", onError);
      source.off("close", onClose);
    };
    source.on("data", onData);
    source.on("end", onEnd);
    source.on("error", onError);
    source.on("close", onClose);
    // Broken off before anybody listened: no event will tell it.
    if (source.destroyed) onClose();
  });
}

/** `writev` may write less than asked: goes on until all is written. */
async function writeAll(handle: FileHandle, pieces: readonly Uint8Array[], bytes: number): Promise<void> {
  const { bytesWritten } = await handle.writev(pieces);
  if (bytesWritten === bytes) return;
  const rest = Buffer.concat(pieces).subarray(bytesWritten);
  for (let at = 0; at < rest.length; ) at += (await handle.write(rest, at, rest.length - at)).bytesWritten;
}
