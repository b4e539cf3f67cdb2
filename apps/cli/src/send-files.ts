/** Attachments from the disk into an upload, with one line of progress for all of them. */
import { createUpload, previewKind, type Transport, type Upload, type UploadFile } from "@pli/client";
import { fileSources } from "@pli/client/node";
import { nodeCrypto } from "@pli/core/crypto-node";
import { PliError } from "@pli/core/errors";
import type { ContentKey, ManifestAttachment } from "@pli/core/sealing";
import type { EnvelopeDraft } from "@pli/core/wire";
import { type Context, UsageError } from "./command.ts";
import { createProgress } from "./progress.ts";

/** A script must end some day; people may be on a train. */
const PATIENCE_MS = 10 * 60_000;
/** Keeps the list of promises short when a folder has very many files. */
const ADDED_AT_ONCE = 32;

/** Files of all paths, folders with their structure. @throws UsageError when one cannot be read */
export async function findFiles(context: Context, paths: readonly string[]): Promise<readonly UploadFile[]> {
  const files: UploadFile[] = [];
  for (const path of paths) {
    try {
      files.push(...(await fileSources(path)));
    } catch (error) {
      const reason = error instanceof PliError ? (error.cause as NodeJS.ErrnoException | undefined)?.code : undefined;
      throw new UsageError(context.texts.cannotRead({ path, reason: reason ?? "" }));
    }
  }
  return files;
}

/**
 * Which attachments are to look at only (M15): by their name, or without their folders.
 * @throws UsageError for a name that none has, or a file that no page can show
 */
export function viewOnlyNames(
  { texts }: Pick<Context, "texts">,
  files: readonly Pick<UploadFile, "name" | "mediaType" | "sizeBytes">[],
  names: readonly string[],
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const name of names) {
    const meant = files.filter((file) => file.name === name || file.name.split("/").pop() === name);
    if (meant.length === 0) throw new UsageError(texts.viewOnlyUnknown({ name }));
    for (const { name: full, mediaType, sizeBytes } of meant) {
      if (previewKind(full, mediaType, sizeBytes) === undefined)
        throw new UsageError(texts.viewOnlyNot({ name: full }));
      found.add(full);
    }
  }
  return found;
}

export function restrict(
  attachments: readonly ManifestAttachment[],
  viewOnly: ReadonlySet<string>,
): readonly ManifestAttachment[] {
  return attachments.map((one) => (viewOnly.has(one.name) ? { ...one, restriction: "view-only" } : one));
}

/** Uploads all files. @throws PliError like the uploader; then nothing of them is left in the draft but what the draft's end removes */
export async function uploadFiles(
  context: Context,
  t: Transport,
  options: {
    readonly draft: EnvelopeDraft;
    readonly contentKey: ContentKey;
    readonly files: readonly UploadFile[];
  },
): Promise<{ upload: Upload; attachments: readonly ManifestAttachment[] }> {
  const { draft, contentKey, files } = options;
  const { envelopeId, chunkBytes } = draft;
  const upload = createUpload(t, nodeCrypto, { envelopeId, contentKey, chunkBytes, patienceMs: PATIENCE_MS });
  const { texts, signal } = context;
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const label = texts.sealing({ name: files.length === 1 ? (files[0]?.name ?? "") : `${files.length}` });
  const progress = createProgress(context, label, total);
  const attachments: ManifestAttachment[] = new Array(files.length);
  let doneBytes = 0;
  let next = 0;

  async function worker(): Promise<void> {
    while (next < files.length) {
      const index = next++;
      let told = 0;
      const task = upload.add(files[index] as UploadFile, {
        onProgress(of) {
          doneBytes += of.doneBytes - told;
          told = of.doneBytes;
          progress.update(doneBytes);
        },
        onState: (state) => state === "offline" && progress.note(texts.offline),
      });
      const stop = () => task.cancel();
      signal.addEventListener("abort", stop, { once: true });
      if (signal.aborted) stop();
      try {
        attachments[index] = (await task.done).attachment;
      } catch (error) {
        next = files.length;
        throw error;
      } finally {
        signal.removeEventListener("abort", stop);
      }
    }
  }
  const workers = Array.from({ length: Math.min(ADDED_AT_ONCE, files.length) }, worker);
  try {
    await Promise.all(workers);
  } finally {
    progress.end();
  }
  return { upload, attachments };
}
