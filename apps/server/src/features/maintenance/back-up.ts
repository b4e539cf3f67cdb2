/**
 * A back-up while the server serves (Q6): the tables as they stood at one instant, in a form that either engine reads, then the chunks they
 * speak of. Chunks that the folder has are not copied again. Whole or not there: the manifest comes last.
 */
import {
  type BackedUpTable,
  type BackUpFolder,
  type BackUpWriter,
  backUpName,
  type ContentLine,
  FORMAT,
  FORMAT_VERSION,
  type LineFile,
  type Manifest,
  openBackUpFolder,
  type StoredBackUp,
} from "../../platform/back-ups/index.ts";
import {
  createTableDigest,
  encodeRow,
  readRows,
  readShapes,
  type Snapshot,
} from "../../platform/database/copy/index.ts";
import { VERSION } from "../../platform/own-files.ts";
import type { Services } from "../../services.ts";
import { chunkName, findEnvelope } from "../envelopes/index.ts";
import { appliedMigrations } from "./content.queries.ts";
import {
  chunkNamesOf,
  copyChunk,
  digestChunk,
  type EnvelopeContent,
  inTurns,
  sizesOf,
  walkContent,
} from "./content.ts";
import { dropOldBackUps } from "./drop-back-ups.ts";
import { type Installation, MaintenanceError, type Progress } from "./installation.ts";

export interface BackUpWishes {
  readonly to: string;
  /** So many back-ups stay, this one with them. */
  readonly keep: number;
  readonly withKey: boolean;
  readonly progress: Progress;
}

export interface BackUpReport {
  readonly path: string;
  readonly manifest: Manifest;
  /** Chunks copied now; the others were there. */
  readonly copiedChunks: number;
  /** Envelopes that were destroyed meanwhile. */
  readonly gone: number;
  /** Chunks that should be in the store and are not, as `folder/name`; the first hundred. */
  readonly missing: readonly string[];
}

/** @throws Error in words */
export async function backUp(installation: Installation, wishes: BackUpWishes): Promise<BackUpReport> {
  const { services } = installation;
  const folder = await openBackUpFolder(wishes.to, { create: true });
  try {
    const takenAtMs = services.clock.now();
    const name = backUpName(takenAtMs);
    const writer = await folder.begin(name);
    // Before the instant: what is destroyed after it stands behind the mark.
    await services.destroyed.note([{ at: takenAtMs, mark: name }]);
    const snapshot = await installation.snapshot(writer.temporary);
    let whole: Pick<Manifest, "tables" | "migrations">;
    let content: Content;
    try {
      whole = {
        tables: await writeTables(snapshot, writer, wishes.progress),
        migrations: await appliedMigrations(snapshot.read),
      };
      content = await writeContent({ services, snapshot, folder, writer, progress: wishes.progress });
    } finally {
      await snapshot.close();
    }
    const keyFile = services.config.keyFile;
    const hasKey = wishes.withKey && (await writer.copyKey(keyFile));
    const { file, ...counts } = content.written;
    const manifest: Manifest = {
      format: FORMAT,
      version: FORMAT_VERSION,
      name,
      takenAtMs,
      software: VERSION,
      ...whole,
      content: { ...counts, sha256: file.sha256 },
      hasKey,
    };
    const path = await writer.finish(manifest);
    await dropOldBackUps(folder, { keep: wishes.keep, made: name }, wishes.progress);
    return { path, manifest, copiedChunks: content.copied, gone: content.gone, missing: content.missing };
  } finally {
    await folder.close();
  }
}

async function writeTables(snapshot: Snapshot, writer: BackUpWriter, progress: Progress): Promise<BackedUpTable[]> {
  const tables: BackedUpTable[] = [];
  for (const shape of await readShapes(snapshot.read)) {
    const lines = await writer.table(shape.name);
    const digest = createTableDigest();
    for await (const rows of readRows(snapshot.read, shape)) {
      for (const row of rows) {
        const line = encodeRow(row);
        digest.add(line);
        await lines.write(line);
      }
      progress(`${shape.name}: ${digest.rows} rows`);
    }
    const { sha256 } = await lines.close();
    tables.push({ ...shape, rows: digest.rows, digest: digest.value(), sha256 });
  }
  return tables;
}

interface ContentWork {
  readonly services: Services;
  readonly snapshot: Snapshot;
  readonly folder: BackUpFolder;
  readonly writer: BackUpWriter;
  readonly progress: Progress;
}

interface Content {
  readonly written: {
    readonly envelopes: number;
    readonly chunks: number;
    readonly sizeBytes: number;
    readonly file: LineFile;
  };
  readonly copied: number;
  readonly gone: number;
  readonly missing: readonly string[];
}

const MISSING_TOLD = 100;

async function writeContent(work: ContentWork): Promise<Content> {
  const { services, snapshot, folder, writer, progress } = work;
  const lines = await writer.content();
  const begun = await writer.begun();
  const known = await followContent(folder);
  const count = { envelopes: 0, chunks: 0, sizeBytes: 0 };
  let [copied, gone] = [0, 0];
  const missing: string[] = [];
  for await (const envelope of walkContent(snapshot.read)) {
    const id = envelope.envelope_id;
    const found = await copyEnvelope(work, envelope, await known.chunksOf(id), () => announce(begun, id));
    copied += found.copied;
    const lost = found.missing.length > 0 && (await isLiving(services, envelope)) ? found.missing : [];
    missing.push(...lost.slice(0, MISSING_TOLD - missing.length).map((name) => `${id}/${name}`));
    const isGone = found.missing.length > 0 && lost.length === 0;
    if (isGone) gone += 1;
    await lines.write(JSON.stringify({ envelope: id, chunks: found.chunks, ...(isGone ? { gone: true } : {}) }));
    count.envelopes += 1;
    count.chunks += found.chunks.length;
    count.sizeBytes += found.chunks.reduce((sum, [, sizeBytes]) => sum + sizeBytes, 0);
    if (count.envelopes % 100 === 0) progress(`content of ${count.envelopes} envelopes, ${copied} chunks copied`);
  }
  await begun.close();
  return { written: { ...count, file: await lines.close() }, copied, gone, missing };
}

async function announce(
  begun: { write(line: string): Promise<void>; flush(): Promise<void> },
  id: string,
): Promise<void> {
  await begun.write(id);
  await begun.flush();
}

interface CopiedEnvelope {
  readonly chunks: ContentLine["chunks"];
  readonly copied: number;
  readonly missing: readonly string[];
}

/** @param known digests of chunks by an older back-up in the folder */
async function copyEnvelope(
  { services, folder }: ContentWork,
  envelope: EnvelopeContent,
  known: ReadonlyMap<string, string>,
  begin: () => Promise<void>,
): Promise<CopiedEnvelope> {
  const id = envelope.envelope_id;
  const names = await chunkNamesOf(envelope, services.blobs);
  const there = await sizesOf(folder.chunks, id);
  const isNews = names.some((name) => !there.has(name));
  const sizes = isNews ? await sizesOf(services.blobs, id) : there;
  if (isNews) await begin();
  const missing: string[] = [];
  let copied = 0;
  const declared = digestsDeclared(envelope);
  const chunks = await inTurns(names, async (name) => {
    const thereBytes = there.get(name);
    if (thereBytes !== undefined) {
      const sha256 = known.get(name) ?? (await digestChunk(folder.chunks, id, name, thereBytes));
      if (sha256 !== (declared.get(name) ?? sha256)) await requireSameChunk(services.blobs, { id, name, sha256 });
      return [name, thereBytes, sha256] as const;
    }
    const sizeBytes = sizes.get(name);
    const copy =
      sizeBytes === undefined ? null : await copyChunk(services.blobs, folder.chunks, { folder: id, name, sizeBytes });
    if (copy === null) {
      missing.push(name);
      return null;
    }
    copied += 1;
    return [name, copy.sizeBytes, copy.sha256] as const;
  });
  return { chunks: chunks.filter((chunk) => chunk !== null), copied, missing };
}

/** Hexadecimal, by the name of the chunk, of parts that are one chunk: the manifest at least, which no two sendings have in common. */
function digestsDeclared({ parts }: EnvelopeContent): ReadonlyMap<string, string> {
  const single = parts.filter(({ chunks }) => chunks === 1);
  return new Map(
    single.map(({ part, generation, sha256 }) => [
      chunkName(part, generation, 0),
      Buffer.from(sha256, "base64url").toString("hex"),
    ]),
  );
}

/**
 * A chunk of the folder that is not what its sender declared: the declaration is wrong, or the folder has another chunk by that name, from a
 * time that a restore has undone. @throws MaintenanceError
 */
async function requireSameChunk(
  blobs: Services["blobs"],
  { id, name, sha256 }: { readonly id: string; readonly name: string; readonly sha256: string },
): Promise<void> {
  const sizeBytes = (await sizesOf(blobs, id)).get(name);
  if (sizeBytes === undefined || (await digestChunk(blobs, id, name, sizeBytes)) === sha256) return;
  throw new MaintenanceError(
    `The folder has another ${id}/${name}: its back-ups go on from what a restore has undone. Give another folder`,
  );
}

/** Whether the envelope still should have the content it had: if so, what is missing is lost and not destroyed. */
async function isLiving(services: Services, envelope: EnvelopeContent): Promise<boolean> {
  const now = await findEnvelope(services.db.read, envelope.envelope_id);
  return (
    now !== null && now.content_gone === 0 && now.state === envelope.state && now.generations === envelope.generations
  );
}

interface KnownContent {
  chunksOf(envelopeId: string): Promise<ReadonlyMap<string, string>>;
}

/** Goes along the newest back-up's list of content, which is in the order of ids, too. */
async function followContent(folder: BackUpFolder): Promise<KnownContent> {
  const newest = (await folder.names()).at(-1);
  const older: AsyncIterator<ContentLine> | null = newest === undefined ? null : contentOf(folder.read(newest));
  let line = (await older?.next())?.value as ContentLine | undefined;
  return {
    chunksOf: async (envelopeId) => {
      while (line !== undefined && line.envelope < envelopeId)
        line = (await older?.next())?.value as ContentLine | undefined;
      if (line?.envelope !== envelopeId) return new Map();
      return new Map(line.chunks.map(([name, , sha256]) => [name, sha256]));
    },
  };
}

function contentOf(backUp: StoredBackUp): AsyncIterator<ContentLine> {
  return backUp.content()[Symbol.asyncIterator]();
}
