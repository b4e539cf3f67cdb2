/** What uploading shows to pages and programs: files in, tasks that can be paused, parts out. The work is in upload.ts. */
import type { PliError } from "@pli/core/errors";
import type { ContentKey, Manifest, ManifestAttachment } from "@pli/core/sealing";
import type { PartSummary } from "@pli/core/wire";

export interface UploadFile {
  /** As the recipient will see it; `/` between folders. */
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** A File or Blob, or a function that opens the bytes from `startBytes` on. */
  readonly content: Blob | ((startBytes: number) => ReadableStream<Uint8Array>);
  /** Tells whether the file is no longer the one that was added (size or time of change); asked when it has been read. */
  readonly changed?: () => Promise<boolean>;
}

export interface UploadProgress {
  /** Plaintext bytes that the server holds durably, or that are on their way in a chunk; never beyond `sizeBytes`. */
  readonly doneBytes: number;
  readonly sizeBytes: number;
}

/**
 * `queued` → `running` → `done`; `paused` by the person; `offline` while the network is away (goes on by itself);
 * `failed` and `cancelled` are final.
 */
export type UploadState = "queued" | "running" | "offline" | "paused" | "done" | "failed" | "cancelled";

export interface UploadedFile {
  readonly parts: readonly PartSummary[];
  readonly attachment: ManifestAttachment;
}

export interface UploadTask {
  readonly state: UploadState;
  readonly progress: UploadProgress;
  /** Stops sending at once. Sealed chunks are kept and sent again as they are: a segment is never sealed twice (Z2). */
  pause(): void;
  resume(): void;
  /** Stops for good and removes its parts from the draft; after `done` too (an attachment taken out again). */
  cancel(): void;
  /**
   * @throws PliError `conflict` with details.state `file_changed` when the file changed while it was read; `cancelled`; `limit_reached`;
   *   `storage_full`; `not_found`; `network` only when `patienceMs` is over
   */
  readonly done: Promise<UploadedFile>;
}

export interface UploadOptions {
  readonly envelopeId: string;
  readonly contentKey: ContentKey;
  /** Of the draft (EnvelopeDraft.chunkBytes). */
  readonly chunkBytes: number;
  /** Chunks in flight at most, over all files; default 3. Memory: that many chunks and one more. */
  readonly parallel?: number;
  /** Number of the first part to use, default 1. After a restart: one more than any number used before, also for parts not finished. */
  readonly firstPart?: number;
  /** Parts finished before a restart that still belong to the message. */
  readonly earlierParts?: readonly PartSummary[];
  /** A manifest may be on the server already (a draft taken back or reopened): it is replaced. */
  readonly manifestMayExist?: boolean;
  /** How long to go on trying without the network, in milliseconds; default for ever. */
  readonly patienceMs?: number;
  /** Refusals to wait out like a lost network, such as `not_signed_in` while the person signs in again. */
  readonly waitsFor?: (error: PliError) => boolean;
  /** Largest sealed part, default 1 GiB: a bigger file takes several parts. Rounded down to whole chunks. */
  readonly partBytes?: number;
}

export interface AddOptions {
  readonly onProgress?: (progress: UploadProgress) => void;
  readonly onState?: (state: UploadState) => void;
}

export interface Upload {
  readonly envelopeId: string;
  /** Starts to seal and send at once, or as soon as the files before it leave room. */
  add(file: UploadFile, options?: AddOptions): UploadTask;
  /** Takes finished parts out of the draft again. */
  remove(parts: readonly PartSummary[]): Promise<void>;
  /** Next part number that has never been used: what `firstPart` must be after a restart. Keep it with the draft. */
  readonly nextPart: number;
  /** Finished parts of all files that were not removed, in order; without the manifest. */
  parts(): readonly PartSummary[];
  /**
   * Seals and sends the manifest as part 0. May be called again with another manifest (after an error, or when taken back).
   * @throws PliError `conflict` with details.state `uploading` while files are still on their way
   */
  finish(manifest: Manifest, signal?: AbortSignal): Promise<PartSummary>;
}
