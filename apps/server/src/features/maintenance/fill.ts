/**
 * Fills an empty installation from another or from a back-up: tables first, each checked against its digest, then chunks. Marked as
 * unfinished from the first row to the end, so that no server serves half of it; run again after a cut it goes on.
 */
import type { BlobStore } from "../../platform/blobs/index.ts";
import {
  digestTable,
  finishedCopy,
  hasRows,
  insertRows,
  markCopying,
  markFinished,
  markTablesDone,
  type Row,
  readShapes,
  type TableShape,
  unfinishedCopy,
} from "../../platform/database/copy/index.ts";
import type { Reader } from "../../platform/database/index.ts";
import { isRegisterFolder } from "../../platform/destroyed/index.ts";
import type { Services } from "../../services.ts";
import { appliedMigrations } from "./content.queries.ts";
import { chunkNamesOf, copyChunk, digestChunk, inTurns, sizesOf, walkContent } from "./content.ts";
import { MaintenanceError, type Progress } from "./installation.ts";
import { TABLES } from "./tables.ts";

export interface SourceTable extends TableShape {
  readonly rows: number;
  readonly digest: string;
}

export interface DataSource {
  /** Tells this source from others: what was begun from it may be gone on with from it alone. */
  readonly origin: string;
  readonly migrations: readonly string[];
  readonly tables: readonly SourceTable[];
  rows(table: TableShape): AsyncIterable<readonly Row[]>;
  readonly blobs: BlobStore;
}

/** Claims the target for this source. @returns false when it was filled from it before @throws MaintenanceError when it holds something else */
export async function claimTarget(target: Services, source: DataSource): Promise<boolean> {
  const { db, blobs } = target;
  const begun = await unfinishedCopy(db.read);
  if (begun?.origin === source.origin) return true;
  if ((await finishedCopy(db.read)) === source.origin) return false;
  if (begun !== null)
    throw new MaintenanceError("Something else is being copied there. Finish that, or give another place");
  for (const shape of await readShapes(db.read)) {
    if (await hasRows(db.read, shape)) throw new MaintenanceError("The database there is not empty. Give a new one");
  }
  for await (const folder of blobs.folders()) {
    if (!isRegisterFolder(folder)) throw new MaintenanceError("There is content there already. Give an empty place");
  }
  await db.write((tx) => markCopying(tx, source.origin));
  return true;
}

/** The target is whole: servers may start on it. */
export async function releaseTarget(target: Services): Promise<void> {
  await target.db.write((tx) => markFinished(tx));
  await target.db.emptyLog();
}

/** Copies the tables, but those left out, and checks each; once all are there, later steps may change rows, and nothing is copied again. @throws MaintenanceError */
export async function fillTables(
  target: Services,
  source: DataSource,
  leftOut: ReadonlySet<string>,
  progress: Progress,
): Promise<void> {
  const { db } = target;
  if ((await unfinishedCopy(db.read))?.tablesDone === true) return;
  const migrations = await appliedMigrations(db.read);
  if (migrations.join() !== source.migrations.join()) {
    throw new MaintenanceError("This was made by another version of Pli. Do this with that version, then change it");
  }
  const shapes = new Map((await readShapes(db.read)).map((shape) => [shape.name, shape]));
  for (const table of inOrder(source.tables)) {
    if (leftOut.has(table.name)) continue;
    const shape = shapes.get(table.name);
    if (shape === undefined || !isSameShape(shape, table)) {
      throw new MaintenanceError(
        `The table ${table.name} is another one there. Use the same version of Pli on both sides`,
      );
    }
    let rows = 0;
    for await (const page of source.rows(table)) {
      await db.write((tx) => insertRows(tx, shape, page));
      rows += page.length;
      progress(`${table.name}: ${rows} of ${table.rows} rows`);
    }
    await checkTable(target, table, shape);
  }
  await db.write((tx) => markTablesDone(tx));
}

async function checkTable(target: Services, table: SourceTable, shape: TableShape): Promise<void> {
  const digest = await digestTable(target.db.read, shape);
  if (digest.rows === table.rows && digest.value() === table.digest) return;
  throw new MaintenanceError(`The table ${table.name} did not arrive as it was: ${digest.rows} of ${table.rows} rows`);
}

/** Tables that others refer to first; those that this version does not know are refused later, by name. */
function inOrder(tables: readonly SourceTable[]): readonly SourceTable[] {
  const place = (table: SourceTable) => TABLES.indexOf(table.name);
  return tables.toSorted((a, b) => place(a) - place(b));
}

function isSameShape(a: TableShape, b: TableShape): boolean {
  const text = (shape: TableShape) => JSON.stringify([shape.key, shape.columns.map(({ name, kind }) => [name, kind])]);
  return text(a) === text(b);
}

export interface Filled {
  readonly envelopes: number;
  readonly chunks: number;
  /** As `folder/name`, the first hundred: not at the source either. */
  readonly missing: readonly string[];
}

const MISSING_TOLD = 100;

export interface ContentTarget {
  /** Says what content there is. */
  readonly read: Reader;
  readonly blobs: BlobStore;
}

/** Copies the chunks of every envelope that has content there; with `compare` reads each back on both sides. @throws MaintenanceError */
export async function fillContent(
  target: ContentTarget,
  source: Pick<DataSource, "blobs">,
  options: { readonly compare: boolean; readonly progress: Progress },
): Promise<Filled> {
  const missing: string[] = [];
  const count = { envelopes: 0, chunks: 0 };
  for await (const envelope of walkContent(target.read)) {
    const folder = envelope.envelope_id;
    const names = await chunkNamesOf(envelope, source.blobs);
    const [here, there] = [await sizesOf(source.blobs, folder), await sizesOf(target.blobs, folder)];
    await inTurns(names, async (name) => {
      const sizeBytes = here.get(name);
      const isCopied =
        sizeBytes !== undefined && (await bringChunk(target, source, { folder, name, sizeBytes }, there));
      if (!isCopied) {
        if (missing.length < MISSING_TOLD) missing.push(`${folder}/${name}`);
        return;
      }
      count.chunks += 1;
      if (options.compare) await compareChunk(target, source, { folder, name, sizeBytes });
    });
    count.envelopes += 1;
    if (count.envelopes % 100 === 0) options.progress(`content of ${count.envelopes} envelopes`);
  }
  return { ...count, missing };
}

interface Chunk {
  readonly folder: string;
  readonly name: string;
  readonly sizeBytes: number;
}

/** @returns whether the chunk is there now */
async function bringChunk(
  target: ContentTarget,
  source: Pick<DataSource, "blobs">,
  chunk: Chunk,
  there: ReadonlyMap<string, number>,
): Promise<boolean> {
  if (there.get(chunk.name) === chunk.sizeBytes) return true;
  return (await copyChunk(source.blobs, target.blobs, chunk)) !== null;
}

async function compareChunk(target: ContentTarget, source: Pick<DataSource, "blobs">, chunk: Chunk): Promise<void> {
  const digest = (store: BlobStore) => digestChunk(store, chunk.folder, chunk.name, chunk.sizeBytes);
  if ((await digest(source.blobs)) === (await digest(target.blobs))) return;
  throw new MaintenanceError(`The chunk ${chunk.folder}/${chunk.name} did not arrive as it was`);
}
