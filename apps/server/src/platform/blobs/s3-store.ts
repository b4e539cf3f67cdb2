/**
 * Blobs in an S3 bucket: a chunk is an object `<prefix><last two characters>/<folder>/<name>`, put under the condition that there is none yet. The
 * bucket has to know that condition (`If-None-Match: *`): it is what keeps a chunk of a sent message as it is. No multipart uploads:
 * a chunk is small enough for one request, so nothing unfinished is ever left behind.
 */
import { createHash } from "node:crypto";
import { PliError } from "@pli/core/errors";
import type { BlobStore, StoredChunk } from "./blob-store.ts";
import { deletionErrors, deletionOrder, type ListingPage, readListing } from "./s3-answers.ts";
import { type ChunkBody, gatherChunk } from "./s3-body.ts";
import type { S3Client } from "./s3-client.ts";

const NAME = /^[0-9a-z][0-9a-z-]{0,99}$/;
const READ_TRIES = 4;
/** Written over and over to see whether the bucket takes writes; its name is none of a folder's. */
const PROBE = ".writable";
const PROBE_MS = 5000;

/** Key of a chunk. @throws PliError `not_found` when a name is none */
export function chunkKey(prefix: string, folder: string, name: string): string {
  if (!NAME.test(name)) throw new PliError("not_found");
  return `${folderPrefix(prefix, folder)}${name}`;
}

function folderPrefix(prefix: string, folder: string): string {
  if (!NAME.test(folder)) throw new PliError("not_found");
  // Ids begin with the time: without the last two characters in front, all writes of an hour would meet in one place of the index.
  return `${prefix}${folder.slice(-2)}/${folder}/`;
}

/** A store in the client's bucket, which must be there. The client is the caller's to close. */
export function createS3Store(client: S3Client): BlobStore {
  const { prefix } = client.address;
  let probed: { readonly atMs: number; readonly done: Promise<void> } | null = null;
  let knowsCondition = false;

  async function* pages(under: string, delimiter?: string): AsyncGenerator<ListingPage> {
    for (let next: string | null = ""; next !== null; ) {
      const query: Record<string, string> = { "list-type": "2", prefix: under };
      if (delimiter !== undefined) query.delimiter = delimiter;
      if (next !== "") query["continuation-token"] = next;
      const page = readListing((await client.ask({ method: "GET", key: "", query })).text);
      yield page;
      next = page.next;
    }
  }

  async function sizeOf(key: string): Promise<number | null> {
    const { status, headers, body } = await client.send({ method: "HEAD", key, expected: [404] });
    body.resume();
    return status === 404 ? null : Number(headers["content-length"]);
  }

  async function probe(): Promise<void> {
    const key = `${prefix}${PROBE}`;
    const body: ChunkBody = { kind: "bytes", bytes: Buffer.from("writable?") };
    await client.ask({ method: "PUT", key, body });
    if (knowsCondition) return;
    if ((await putNew(key, body)).isNew) throw new PliError("unavailable");
    knowsCondition = true;
  }

  /** Puts an object where there is none. @throws as `client.send` */
  async function putNew(key: string, body: ChunkBody): Promise<{ sizeBytes: number; isNew: boolean }> {
    const sizeBytes = body.kind === "bytes" ? body.bytes.length : body.sizeBytes;
    const headers = { "if-none-match": "*", "content-type": "application/octet-stream" };
    const { status, tries } = await client.ask({ method: "PUT", key, headers, body, expected: [409, 412] });
    if (status < 300) return { sizeBytes, isNew: true };
    const there = await sizeOf(key);
    // Two came at once and none of them was first.
    if (there === null) throw new PliError("unavailable", { details: { retryAfterSeconds: 1 } });
    // After a lost answer what is there is most likely what we sent.
    return { sizeBytes: there, isNew: tries > 1 && there === sizeBytes };
  }

  async function deleteKeys(keys: readonly string[]): Promise<void> {
    const bytes = Buffer.from(deletionOrder(keys), "utf8");
    const headers = {
      "content-md5": createHash("md5").update(bytes).digest("base64"),
      "content-type": "application/xml",
    };
    const body: ChunkBody = { kind: "bytes", bytes };
    const { text } = await client.ask({ method: "POST", key: "", query: { delete: "" }, headers, body });
    if (deletionErrors(text).some((code) => code !== "NoSuchKey")) {
      throw new PliError("unavailable", { cause: { code: deletionErrors(text)[0] } });
    }
  }

  return {
    putChunk: async (folder, name, source, maxBytes, declaredBytes) => {
      const key = chunkKey(prefix, folder, name);
      const body = await gatherChunk(source, maxBytes, declaredBytes);
      return { name, ...(await putNew(key, body)) };
    },
    listChunks: async (folder) => {
      const under = folderPrefix(prefix, folder);
      const chunks: StoredChunk[] = [];
      for await (const { objects } of pages(under)) {
        for (const { key, sizeBytes } of objects) {
          const name = key.slice(under.length);
          if (NAME.test(name)) chunks.push({ name, sizeBytes });
        }
      }
      return chunks;
    },
    readChunk: (folder, name, start, end) => readRange(client, chunkKey(prefix, folder, name), start, end),
    deleteChunk: async (folder, name) => {
      await client.ask({ method: "DELETE", key: chunkKey(prefix, folder, name), expected: [404] });
    },
    deleteFolder: async (folder) => {
      const under = folderPrefix(prefix, folder);
      // From the beginning after each page: a token points into what is being deleted.
      for (let isMore = true; isMore; ) {
        isMore = false;
        for await (const { objects, next } of pages(under)) {
          if (objects.length > 0) await deleteKeys(objects.map(({ key }) => key));
          isMore = next !== null;
          break;
        }
      }
    },
    folders: async function* () {
      for await (const shards of pages(prefix, "/")) {
        for (const shard of shards.prefixes) {
          for await (const { prefixes } of pages(shard, "/")) {
            for (const path of prefixes) {
              const folder = path.slice(shard.length, -1);
              if (NAME.test(folder)) yield folder;
            }
          }
        }
      }
    },
    // An upload is one request: it is an object or it is nothing.
    sweep: async () => 0,
    freeSpace: async () => null,
    checkWritable: () => {
      const atMs = performance.now();
      if (probed === null || atMs - probed.atMs >= PROBE_MS) {
        probed = { atMs, done: probe() };
        probed.done.catch(() => {
          probed = null;
        });
      }
      return probed.done;
    },
  };
}

/** Goes on where it was when the connection breaks off. Memory: what the socket holds. */
async function* readRange(client: S3Client, key: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  if (start >= end) {
    const { body } = await client.send({ method: "HEAD", key });
    body.resume();
    return;
  }
  let position = start;
  for (let tries = 1; ; tries++) {
    const range = `bytes=${position}-${end - 1}`;
    const { status, body } = await client.send({ method: "GET", key, headers: { range } });
    // Whole instead of a part: not what was asked, and perhaps much more.
    if (status !== 206) {
      body.destroy();
      throw new PliError("unavailable");
    }
    try {
      for await (const piece of body) {
        const bytes = piece as Buffer;
        position += bytes.length;
        yield bytes;
      }
    } catch (cause) {
      if (cause instanceof PliError) throw cause;
    }
    if (position === end) return;
    if (position > end || tries >= READ_TRIES) throw new PliError("unavailable");
  }
}
