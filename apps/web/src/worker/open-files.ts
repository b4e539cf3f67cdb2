/** Attachments of an opened message, in the worker of whoever reads it: downloads, the ZIP of all, previews. Memory stays at a few segments. */
import { type ContentSource, readAttachment } from "@pli/client/open";
import { webCrypto } from "@pli/core/crypto-web";
import { PliError } from "@pli/core/errors";
import type { ContentKey, Manifest, ManifestAttachment } from "@pli/core/sealing";
import type { PartSummary } from "@pli/core/wire";
import { transport } from "./open-transport.ts";
import type { Call } from "./rpc.ts";
import { openSink, type Sink, type Target } from "./saving.ts";

/** What is open, and by which door its parts come. */
export interface OpenFiles {
  readonly source: ContentSource;
  readonly contentKey: ContentKey;
  readonly parts: readonly PartSummary[];
  readonly manifest: Pick<Manifest, "attachments" | "createdAt">;
}
/** What the page may ask for; `attachment` and `index` are places in the manifest. */
export interface DownloadInput {
  readonly job: number;
  readonly attachment: number;
  readonly target: Target;
}
export interface DownloadAllInput {
  readonly job: number;
  readonly attachments: readonly { readonly index: number; readonly name: string }[];
  readonly target: Target;
}
export interface PreviewInput {
  readonly attachment: number;
  /** Where to stop; a file up to it is whole and verified. */
  readonly limitBytes: number;
}

/** `doneBytes` of the whole job's plaintext. `waiting`: the connection is lost, we go on by ourselves. */
export interface JobEvent {
  readonly doneBytes: number;
  readonly waiting: boolean;
}

const TELL_EVERY_MS = 100;
/** How to let go on what is paused, by job. */
const paused = new Map<number, { promise: Promise<void>; resume: () => void }>();

export function steer(job: number, pause: boolean): void {
  if (!pause) {
    paused.get(job)?.resume();
    paused.delete(job);
  } else if (!paused.has(job)) {
    let resume = () => {};
    const promise = new Promise<void>((resolve) => {
      resume = resolve;
    });
    paused.set(job, { promise, resume });
  }
}

function attachmentAt({ manifest }: OpenFiles, index: number): ManifestAttachment {
  const attachment = manifest.attachments[index];
  if (!attachment) throw new PliError("not_found");
  return attachment;
}

/** One job that reads: tells its progress, and waits between two pieces while it is paused. */
function createJob({ source, contentKey, parts }: OpenFiles, job: number, call: Call<JobEvent>) {
  const { signal } = call;
  const stopped = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  let waiting = false;
  let doneBytes = 0;
  let toldAtMs = 0;
  const tell = (now: boolean) => {
    if (!now && performance.now() - toldAtMs < TELL_EVERY_MS) return;
    toldAtMs = performance.now();
    call.emit({ doneBytes, waiting });
  };
  const t = transport((value) => {
    waiting = value;
    tell(true);
  });
  return {
    /** The attachment's plaintext; errors at the end when it was not whole. */
    read(attachment: ManifestAttachment): AsyncGenerator<Uint8Array> {
      // a pause or a night without network may last: only a person, or the end of the opening, ends it
      const options = { source, contentKey, attachment, parts, signal, tries: Number.POSITIVE_INFINITY };
      return iterate(readAttachment(t, webCrypto, options), async (piece) => {
        doneBytes += piece.length;
        waiting = false;
        tell(false);
        await Promise.race([paused.get(job)?.promise, stopped]);
        if (signal.aborted) throw new PliError("cancelled");
      });
    },
    end() {
      paused.delete(job);
      tell(true);
    },
  };
}

/** Pieces of a stream; `before` runs ahead of each. Safari has no async iteration of streams. */
async function* iterate(
  stream: ReadableStream<Uint8Array>,
  before?: (piece: Uint8Array) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      await before?.(value);
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function save(sink: Sink, pieces: AsyncIterable<Uint8Array>, mediaType: string): Promise<Blob | undefined> {
  try {
    for await (const piece of pieces) await sink.write(piece);
    return await sink.finish(mediaType);
  } catch (error) {
    await sink.abort();
    throw error;
  }
}

export async function download(
  message: OpenFiles,
  input: DownloadInput,
  call: Call<JobEvent>,
): Promise<Blob | undefined> {
  const attachment = attachmentAt(message, input.attachment);
  const job = createJob(message, input.job, call);
  try {
    // the declared type stays out: nothing that is saved may be run as a page of this site
    return await save(await openSink(input.target), job.read(attachment), "application/octet-stream");
  } finally {
    job.end();
  }
}

export async function downloadAll(
  message: OpenFiles,
  input: DownloadAllInput,
  call: Call<JobEvent>,
): Promise<Blob | undefined> {
  const { makeZip } = await import("client-zip");
  const job = createJob(message, input.job, call);
  const lastModified = new Date(message.manifest.createdAt);
  async function* entries() {
    for (const { index, name } of input.attachments) {
      const attachment = attachmentAt(message, index);
      yield { name, size: attachment.sizeBytes, lastModified, input: job.read(attachment) };
    }
  }
  try {
    return await save(await openSink(input.target), iterate(makeZip(entries())), "application/zip");
  } finally {
    job.end();
  }
}

/** For showing: the beginning of a file, or all of it, big ones on the browser's own disk space. */
export async function preview(
  message: OpenFiles,
  input: PreviewInput,
  call: Call<JobEvent>,
): Promise<Blob | undefined> {
  const attachment = attachmentAt(message, input.attachment);
  const { limitBytes } = input;
  const { sizeBytes } = attachment;
  const pieces = createJob(message, 0, call).read(attachment);
  if (sizeBytes <= limitBytes) return save(await openSink({ kind: "browser", sizeBytes }), pieces, "");
  const beginning: BlobPart[] = [];
  let size = 0;
  for await (const piece of pieces) {
    beginning.push(piece.slice(0, limitBytes - size));
    size += piece.length;
    if (size >= limitBytes) break;
  }
  return new Blob(beginning);
}
