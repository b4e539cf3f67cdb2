/**
 * Where a download goes, in a worker: a file that the person chose, the browser's own disk space, or memory that the browser may page out.
 * Nothing has its final name before `finish`; `abort` leaves nothing behind.
 */
import { PliError } from "@pli/core/errors";

/** `file`: chosen with the system's dialog. `browser`: handed over as a Blob, kept on disk when `sizeBytes` is big and there is room. */
export type Target =
  | { readonly kind: "file"; readonly handle: FileSystemFileHandle }
  | { readonly kind: "browser"; readonly sizeBytes: number };

export interface Sink {
  write(bytes: Uint8Array): Promise<void>;
  /** Everything was written and verified. @returns what the page hands to the person; nothing when it is already in its place */
  finish(mediaType: string): Promise<Blob | undefined>;
  abort(): Promise<void>;
}

/** Up to here a Blob in memory is as good as a file. */
export const SMALL_BYTES = 64 * 1024 * 1024;
/** Small writes to a file crawl: collect this much. */
const WRITE_BYTES = 4 * 1024 * 1024;

/** @throws PliError `storage_full` when writing finds no room */
export async function openSink(target: Target): Promise<Sink> {
  if (target.kind === "file") return fileSink(target.handle);
  if (target.sizeBytes > SMALL_BYTES) {
    const sink = await ownDiskSink(target.sizeBytes).catch(() => undefined);
    if (sink) return sink;
  }
  return memorySink();
}

/** Collects small arrivals; `flush` gets at least WRITE_BYTES, but for the last. */
function gather(flush: (bytes: Blob) => Promise<void>) {
  let held: BlobPart[] = [];
  let heldBytes = 0;
  const empty = async () => {
    if (heldBytes === 0) return;
    const all = new Blob(held);
    held = [];
    heldBytes = 0;
    await flush(all);
  };
  return {
    async write(bytes: Uint8Array) {
      // a copy: the reader may use its buffer again
      held.push(bytes.slice());
      heldBytes += bytes.length;
      if (heldBytes >= WRITE_BYTES) await empty();
    },
    empty,
  };
}

function memorySink(): Sink {
  const blobs: Blob[] = [];
  const gathered = gather(async (blob) => void blobs.push(blob));
  return {
    write: gathered.write,
    async finish(mediaType) {
      await gathered.empty();
      return new Blob(blobs, { type: mediaType });
    },
    async abort() {
      blobs.length = 0;
    },
  };
}

async function fileSink(handle: FileSystemFileHandle): Promise<Sink> {
  // writes beside the file and swaps it in at close(), so a broken download never looks whole
  const file = await handle.createWritable();
  const gathered = gather((blob) => file.write(blob).catch(noRoom));
  return {
    write: gathered.write,
    async finish() {
      await gathered.empty();
      await file.close().catch(noRoom);
      return undefined;
    },
    async abort() {
      await file.abort().catch(() => undefined);
      // the dialog made an empty file
      await (handle as { remove?: () => Promise<void> }).remove?.().catch(() => undefined);
    },
  };
}

/** Of a worker only, and not in TypeScript's page types. */
interface SyncHandle {
  write(bytes: Uint8Array, options: { at: number }): number;
  flush(): void;
  close(): void;
}

async function ownDiskSink(sizeBytes: number): Promise<Sink | undefined> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  if (quota - usage < sizeBytes * 1.1) return undefined;
  const folder = await ownFolder();
  const name = crypto.randomUUID();
  const file = await folder.getFileHandle(name, { create: true });
  const open = (file as { createSyncAccessHandle?: () => Promise<SyncHandle> }).createSyncAccessHandle;
  if (!open) return undefined;
  const handle = await open.call(file);
  let at = 0;
  return {
    async write(bytes) {
      try {
        let done = 0;
        while (done < bytes.length) {
          const written = handle.write(bytes.subarray(done), { at: at + done });
          if (written === 0) throw new PliError("storage_full");
          done += written;
        }
      } catch (cause) {
        noRoom(cause);
      }
      at += bytes.length;
    },
    async finish(mediaType) {
      handle.flush();
      handle.close();
      const whole = await file.getFile();
      return whole.slice(0, whole.size, mediaType);
    },
    async abort() {
      handle.close();
      await folder.removeEntry(name).catch(() => undefined);
    },
  };
}

let folder: Promise<FileSystemDirectoryHandle> | undefined;

/** This tab's folder in the browser's disk space. What closed tabs left behind is removed: it is readable content. */
function ownFolder(): Promise<FileSystemDirectoryHandle> {
  folder ??= (async () => {
    const root = await navigator.storage.getDirectory();
    const mine = `download-${crypto.randomUUID()}`;
    // held as long as this worker lives; without a holder, a folder is an orphan
    void navigator.locks.request(mine, () => new Promise<never>(() => undefined));
    await forgetOrphans(root, mine);
    return root.getDirectoryHandle(mine, { create: true });
  })();
  return folder;
}

/** Removes plaintext that closed tabs left in the browser's disk space. */
export async function forgetOrphans(root: FileSystemDirectoryHandle, mine = ""): Promise<void> {
  for await (const name of (root as unknown as { keys(): AsyncIterable<string> }).keys()) {
    if (name === mine || !name.startsWith("download-")) continue;
    await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock) await root.removeEntry(name, { recursive: true }).catch(() => undefined);
    });
  }
}

function noRoom(cause: unknown): never {
  if (cause instanceof PliError) throw cause;
  const full = cause instanceof DOMException && cause.name === "QuotaExceededError";
  throw new PliError(full ? "storage_full" : "unavailable", { cause });
}
