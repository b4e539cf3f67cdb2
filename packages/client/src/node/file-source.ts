/** Files and folders of a disk as attachments: read in flat memory, and watched for changes while they are read. */
import { type FileHandle, open, readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { PliError } from "@pli/core/errors";
import type { UploadFile } from "../upload-types.ts";
import { mediaTypeOf } from "./media-types.ts";

const READ_BYTES = 1024 * 1024;

/**
 * The file from `startBytes` on. What it emits is overwritten by the second read after it: the uploader is done with a piece before it
 * asks for the next.
 */
function readFrom(path: string, startBytes: number): ReadableStream<Uint8Array> {
  const buffers = [new Uint8Array(READ_BYTES), new Uint8Array(READ_BYTES)];
  let file: FileHandle | undefined;
  let at = startBytes;
  let turn = 0;
  return new ReadableStream<Uint8Array>(
    {
      async start() {
        file = await open(path, "r");
      },
      async pull(controller) {
        const buffer = buffers[turn++ % 2] as Uint8Array;
        const { bytesRead } = (await file?.read(buffer, 0, buffer.length, at)) ?? { bytesRead: 0 };
        at += bytesRead;
        if (bytesRead > 0) return controller.enqueue(buffer.subarray(0, bytesRead));
        await file?.close();
        controller.close();
      },
      async cancel() {
        await file?.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * One file as an attachment.
 * @param name as the recipient sees it; default its own name
 * @throws PliError `bad_input` (field `attach`) when there is no readable file
 */
export async function fileSource(path: string, name: string = basename(resolve(path))): Promise<UploadFile> {
  const before = await stat(path).catch((cause: unknown) => {
    throw new PliError("bad_input", { details: { field: "attach" }, cause });
  });
  if (!before.isFile()) throw new PliError("bad_input", { details: { field: "attach" } });
  return {
    name,
    mediaType: mediaTypeOf(name),
    sizeBytes: before.size,
    content: (startBytes) => readFrom(path, startBytes),
    async changed() {
      const after = await stat(path).catch(() => null);
      return (
        after === null ||
        after.size !== before.size ||
        after.mtimeMs !== before.mtimeMs ||
        after.ino !== before.ino ||
        after.dev !== before.dev
      );
    },
  };
}

/**
 * A file, or all files of a folder with its name in front (`Photos/2026/a.jpg`), in the order of their names. Links to folders are not
 * followed.
 * @throws PliError `bad_input` (field `attach`)
 */
export async function fileSources(path: string): Promise<readonly UploadFile[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new PliError("bad_input", { details: { field: "attach" }, cause });
  });
  if (!found.isDirectory()) return [await fileSource(path)];
  const files: UploadFile[] = [];
  async function walk(folder: string, name: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = join(folder, entry.name);
      const label = `${name}/${entry.name}`;
      if (entry.isDirectory()) await walk(inside, label);
      else if (entry.isFile()) files.push(await fileSource(inside, label));
      else if (entry.isSymbolicLink() && (await stat(inside).catch(() => null))?.isFile()) {
        files.push(await fileSource(inside, label));
      }
    }
  }
  await walk(path, basename(resolve(path)));
  return files;
}
