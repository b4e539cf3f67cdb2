/**
 * Seals files and sends them in chunks while they are still being read (spec: protocol.md Z2, Z4; messages.md M1). Memory: `parallel` + 1
 * chunks, whatever the files' size. Never seals a segment number twice under one header: what was sealed is kept until the server has
 * it and is sent again as it is; when a file cannot be finished, its part numbers are never used again.
 */
import { toBase64url } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import type { CryptoProvider, Manifest } from "@pli/core/sealing";
import {
  createSegmentSealer,
  encodeManifest,
  plainBytes,
  SEGMENT_BYTES,
  sealBytes,
  sealedBytes,
} from "@pli/core/sealing";
import { LIMITS, type PartSummary } from "@pli/core/wire";
import { sendChunk } from "./chunk-sender.ts";
import { openFile } from "./file-reader.ts";
import { createPermits } from "./permits.ts";
import type { Transport } from "./transport.ts";
import { createTask, type TaskControl } from "./upload-task.ts";
import type { AddOptions, Upload, UploadedFile, UploadFile, UploadOptions, UploadTask } from "./upload-types.ts";

const PARALLEL = 3;
const PART_BYTES = 1024 ** 3;

/** Path of a part of a draft. */
function partPath(envelopeId: string, part: number): string {
  return `/api/v1/envelopes/${envelopeId}/parts/${part}`;
}

export function createUpload(t: Transport, crypto: CryptoProvider, options: UploadOptions): Upload {
  const { envelopeId, contentKey, chunkBytes, parallel = PARALLEL, patienceMs = Number.POSITIVE_INFINITY } = options;
  if (chunkBytes < SEGMENT_BYTES || chunkBytes % SEGMENT_BYTES !== 0) throw new PliError("bad_input");
  const partChunks = Math.max(1, Math.floor((options.partBytes ?? PART_BYTES) / chunkBytes));
  const partPlainBytes = plainBytes(Math.min(partChunks, LIMITS.chunksPerPart) * chunkBytes);
  const inFlight = createPermits(parallel);
  const memory = createPermits(parallel + 1);
  const files = createPermits(parallel);
  const sender = { transport: t, inFlight, patienceMs, waitsFor: options.waitsFor };
  const spare: Uint8Array<ArrayBuffer>[] = [];
  const finished = new Map<number, PartSummary>(options.earlierParts?.map((part) => [part.part, part]));
  const tasks = new Set<UploadTask>();
  let nextPart = Math.max(options.firstPart ?? 1, ...[...finished.keys()].map((part) => part + 1));
  let manifestMayExist = options.manifestMayExist ?? false;

  async function removePart(part: number): Promise<void> {
    finished.delete(part);
    await t.json("DELETE", partPath(envelopeId, part)).catch((error: unknown) => {
      if (!(error instanceof PliError && error.code === "not_found")) throw error;
    });
  }

  function takeBuffer(lengthBytes: number): Uint8Array<ArrayBuffer> {
    // Small files do not take a whole chunk of memory.
    if (lengthBytes < chunkBytes) return new Uint8Array(lengthBytes);
    return spare.pop() ?? new Uint8Array(chunkBytes);
  }

  /** Seals one part and sends its chunks; resolves when the server has all of them. */
  async function uploadPart(
    task: TaskControl,
    reader: { read(lengthBytes: number): Promise<Uint8Array> },
    plain: { readonly bytes: number; hashed(piece: Uint8Array): void },
  ): Promise<PartSummary> {
    const part = nextPart++;
    if (part > LIMITS.partsPerEnvelope)
      throw new PliError("limit_reached", { details: { limit: LIMITS.partsPerEnvelope } });
    task.partStarted(part);
    const sizeBytes = sealedBytes(plain.bytes);
    const sealer = await createSegmentSealer(crypto, { contentKey, part });
    const hash = await crypto.createSha256();
    const sending: Promise<void>[] = [];
    let plainLeft = plain.bytes;
    let sealedLeft = sizeBytes;
    let chunk = 0;
    for (; sealedLeft > 0; chunk++) {
      await task.passGate();
      await task.takeMemory();
      const bytes = takeBuffer(Math.min(chunkBytes, sealedLeft));
      let filled = 0;
      if (chunk === 0) {
        bytes.set(sealer.header);
        filled = sealer.header.length;
      }
      while (filled < bytes.length) {
        const piece = await reader.read(Math.min(sealer.nextPlainBytes(), plainLeft));
        plain.hashed(piece);
        plainLeft -= piece.length;
        filled += await sealer.sealInto(piece, plainLeft === 0, bytes.subarray(filled));
        if (task.signal.aborted) throw new PliError("cancelled");
      }
      hash.update(bytes);
      sealedLeft -= filled;
      const path = `${partPath(envelopeId, part)}/chunks/${chunk}`;
      const sent = task.chunkProgress(filled);
      sending.push(
        sendChunk(sender, task, { path, bytes }, sent).then(() => {
          if (bytes.length === chunkBytes) spare.push(bytes);
          task.giveMemory();
        }),
      );
      // A chunk that fails stops the file at once.
      sending.at(-1)?.catch((error: unknown) => task.fail(error));
    }
    await Promise.all(sending);
    return { part, chunks: chunk, sizeBytes, sha256: toBase64url(hash.digest()) };
  }

  async function uploadFile(file: UploadFile, task: TaskControl): Promise<UploadedFile> {
    const hash = await crypto.createSha256();
    const parts: PartSummary[] = [];
    let done = 0;
    do {
      const reader = openFile(file, done, SEGMENT_BYTES);
      try {
        const bytes = Math.min(partPlainBytes, file.sizeBytes - done);
        parts.push(await uploadPart(task, reader, { bytes, hashed: (piece) => hash.update(piece) }));
        done += bytes;
        if (done === file.sizeBytes) await reader.expectEnd();
      } finally {
        await reader.close();
      }
    } while (done < file.sizeBytes);
    const { name, mediaType, sizeBytes } = file;
    const attachment = { parts: parts.map(({ part }) => part), name, mediaType, sizeBytes };
    return { parts, attachment: { ...attachment, sha256: toBase64url(hash.digest()) } };
  }

  return {
    envelopeId,

    get nextPart() {
      return nextPart;
    },

    add(file: UploadFile, addOptions: AddOptions = {}) {
      const task = createTask({ file, files, memory, removePart, ...addOptions }, async (control) => {
        const uploaded = await uploadFile(file, control);
        for (const part of uploaded.parts) finished.set(part.part, part);
        return uploaded;
      });
      tasks.add(task);
      return task;
    },

    async remove(parts) {
      for (const { part } of parts) await removePart(part);
    },

    parts: () => [...finished.values()].sort((a, b) => a.part - b.part),

    async finish(manifest: Manifest, signal?: AbortSignal) {
      const busy = [...tasks].some(({ state }) => state !== "done" && state !== "cancelled" && state !== "failed");
      if (busy) throw new PliError("conflict", { details: { state: "uploading" } });
      const sealed = await sealBytes(crypto, { contentKey, part: 0 }, encodeManifest(manifest));
      const bytes = new Uint8Array(sealed);
      const call = signal === undefined ? {} : { signal };
      if (manifestMayExist) await removePart(0);
      manifestMayExist = true;
      await t.repeat(() => t.put(`${partPath(envelopeId, 0)}/chunks/0`, bytes, call), signal);
      return { part: 0, chunks: 1, sizeBytes: bytes.length, sha256: toBase64url(await crypto.sha256(bytes)) };
    },
  };
}
