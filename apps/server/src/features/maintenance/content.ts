/** The chunks that an installation's content is made of, and how one gets from a store to another with its digest taken on the way. */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { PliError } from "@pli/core/errors";
import { LIMITS } from "@pli/core/wire";
import type { BlobStore } from "../../platform/blobs/index.ts";
import type { Reader } from "../../platform/database/index.ts";
import { chunkName, chunkSizes, type PartsTable, parseGenerations, partsOfAll } from "../envelopes/index.ts";
import { envelopesWithContent, type WithContent } from "./content.queries.ts";

const PAGE = 200;
/** Chunks under way at once: the flushes of small ones overlap. */
const AT_ONCE = 4;

export interface EnvelopeContent extends WithContent {
  /** Of what was sent; a draft has none yet. */
  readonly parts: readonly PartsTable[];
}

/** Every envelope whose content is there, in the order of their ids. */
export async function* walkContent(on: Reader): AsyncGenerator<EnvelopeContent> {
  let after = "";
  for (;;) {
    const page = await envelopesWithContent(on, after, PAGE);
    const parts = await partsOfAll(
      on,
      page.map((row) => row.envelope_id),
    );
    for (const envelope of page) yield { ...envelope, parts: parts.get(envelope.envelope_id) ?? [] };
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.envelope_id;
  }
}

/** Names of the chunks that belong to an envelope: by its parts, or of a draft what is stored of its parts' present generations. */
export async function chunkNamesOf(envelope: EnvelopeContent, blobs: BlobStore): Promise<readonly string[]> {
  if (envelope.state !== "draft") {
    return envelope.parts.flatMap(({ part, generation, chunks }) =>
      Array.from({ length: chunks }, (_, chunk) => chunkName(part, generation, chunk)),
    );
  }
  const generations = parseGenerations(envelope.generations);
  const stored = chunkSizes(await blobs.listChunks(envelope.envelope_id), generations);
  return [...stored].flatMap(([part, sizes]) =>
    [...sizes.keys()].map((chunk) => chunkName(part, generations[part] ?? 0, chunk)),
  );
}

export interface CopiedChunk {
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Copies one chunk. @returns null when it is not at the source (any more) */
export async function copyChunk(
  from: BlobStore,
  to: BlobStore,
  chunk: { readonly folder: string; readonly name: string; readonly sizeBytes: number },
): Promise<CopiedChunk | null> {
  const { folder, name, sizeBytes } = chunk;
  const hash = createHash("sha256");
  const pieces = async function* () {
    for await (const piece of from.readChunk(folder, name, 0, sizeBytes)) {
      // A copy of our own: the source reuses its memory, and the target may free it.
      const own = Buffer.from(piece);
      hash.update(own);
      yield own;
    }
  };
  try {
    const stored = await to.putChunk(folder, name, Readable.from(pieces(), { objectMode: false }), LIMITS.chunkBytes);
    if (stored.sizeBytes !== sizeBytes) throw new Error(`${folder}/${name} is there already, and is another`);
    return { sizeBytes, sha256: stored.isNew ? hash.digest("hex") : await digestChunk(to, folder, name, sizeBytes) };
  } catch (error) {
    if (!(error instanceof PliError)) throw error;
    const sizes = await from.listChunks(folder);
    if (sizes.some((one) => one.name === name)) throw error;
    return null;
  }
}

export async function digestChunk(store: BlobStore, folder: string, name: string, sizeBytes: number): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of store.readChunk(folder, name, 0, sizeBytes)) hash.update(piece);
  return hash.digest("hex");
}

export async function sizesOf(store: BlobStore, folder: string): Promise<ReadonlyMap<string, number>> {
  return new Map((await store.listChunks(folder)).map(({ name, sizeBytes }) => [name, sizeBytes]));
}

/** Does `act` for all, some at a time; in the order of the items. When one fails none is begun any more, and none is under way at the end. */
export async function inTurns<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const work = async () => {
    try {
      while (next < items.length) {
        const at = next++;
        results[at] = await act(items[at] as T);
      }
    } finally {
      next = items.length;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return results;
}
