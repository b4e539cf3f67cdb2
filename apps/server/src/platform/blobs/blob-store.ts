/**
 * Where ciphertext lives: chunks under `<envelope id>/<name>`. A chunk that is there is whole, durable and never changes.
 * Knows nothing of parts, rights or keys. Implementations pass `blob-store.contract.ts`.
 */
import type { Readable } from "node:stream";

export interface StoredChunk {
  readonly name: string;
  readonly sizeBytes: number;
}

/** What is left where the chunks lie. */
export interface FreeSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** Files that can still be made, and that there can be: both 0 where the file system has no such bound. */
  readonly freeFiles: number;
  readonly totalFiles: number;
}

export interface BlobStore {
  /**
   * Stores what `source` yields as `folder/name` and resolves when it is durable. When that name is there already nothing
   * changes, and the answer tells what is there and `isNew: false`. Nothing is left behind when it fails.
   * The memory of what `source` yields is the store's: once written it may be freed, so nobody else may look at it.
   * @param declaredBytes what the sender says its length is; a store that must know it beforehand gathers the chunk without
   * @throws PliError `payload_too_large` over `maxBytes`, `bad_input` when nothing came or another length than declared, `storage_full`,
   * `unavailable`, `cancelled` when the source ends early, `not_found` when the folder was deleted in between (a store without folders keeps
   * the chunk)
   */
  putChunk(
    folder: string,
    name: string,
    source: Readable,
    maxBytes: number,
    declaredBytes?: number,
  ): Promise<StoredChunk & { readonly isNew: boolean }>;
  /** The chunks of a folder; empty when there is none. */
  listChunks(folder: string): Promise<readonly StoredChunk[]>;
  /**
   * Bytes from `start` to `end` (exclusive) of a chunk, in pieces of at most 1 MiB. Each piece may be overwritten when the
   * next one is asked for. @throws PliError `not_found`
   */
  readChunk(folder: string, name: string, start: number, end: number): AsyncIterable<Uint8Array>;
  /** Removes one chunk; no error when it is not there. */
  deleteChunk(folder: string, name: string): Promise<void>;
  /** Removes a folder with all it holds; no error when it is not there. */
  deleteFolder(folder: string): Promise<void>;
  /** All folders there are. */
  folders(): AsyncIterable<string>;
  /** Removes what interrupted writes left behind before `beforeMs`; resolves to how many. */
  sweep(beforeMs: number): Promise<number>;
  /** What is left; null where nobody knows. */
  freeSpace(): Promise<FreeSpace | null>;
  /** Whether something can be written now. @throws PliError `storage_full`, `unavailable` */
  checkWritable(): Promise<void>;
}
