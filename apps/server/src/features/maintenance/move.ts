/**
 * Moves an installation to another engine or another store (Q4): everything, as it is. The source is only read, and nobody else uses it
 * meanwhile; the target serves nothing before the last digest was compared. Cut anywhere, the same command goes on.
 */
import type { BlobStore } from "../../platform/blobs/index.ts";
import {
  digestTable,
  readRows,
  readShapes,
  type Snapshot,
  type TableShape,
} from "../../platform/database/copy/index.ts";
import { fromFlag } from "../../platform/database/index.ts";
import { type Destruction, type DestructionRegister, isRegisterFolder } from "../../platform/destroyed/index.ts";
import type { Services } from "../../services.ts";
import { findEnvelope } from "../envelopes/index.ts";
import { appliedMigrations, oldestOrganisation } from "./content.queries.ts";
import {
  claimTarget,
  type DataSource,
  type Filled,
  fillContent,
  fillTables,
  releaseTarget,
  type SourceTable,
} from "./fill.ts";
import { type Installation, MaintenanceError, type Progress } from "./installation.ts";

export interface MoveSource {
  /** Held for ourselves alone. */
  readonly data: Snapshot;
  readonly blobs: BlobStore;
  readonly destroyed: DestructionRegister;
}

export interface MoveReport {
  readonly tables: readonly SourceTable[];
  readonly filled: Filled;
}

const LINES_AT_ONCE = 500;

/** @param placeKey puts the key file into the new installation @returns null when that was done before @throws MaintenanceError, Error in words */
export async function move(
  source: MoveSource,
  target: Installation,
  placeKey: () => Promise<void>,
  progress: Progress,
): Promise<MoveReport | null> {
  const { services } = target;
  const from = await describeSource(source, progress);
  if (!(await claimTarget(services, from))) return null;
  await placeKey();
  await fillTables(services, from, new Set(), progress);
  const filled = await fillContent({ read: services.db.read, blobs: services.blobs }, from, {
    compare: true,
    progress,
  });
  await bringRegister(source.destroyed, services);
  await releaseTarget(services);
  return { tables: from.tables, filled };
}

/**
 * Moves the content alone: the database stays where it is, held for ourselves and only read. Again after a cut it goes on, and takes away what was
 * destroyed meanwhile. @throws MaintenanceError, Error in words
 */
export async function moveContent(
  source: MoveSource,
  target: Pick<Services, "blobs" | "destroyed" | "clock">,
  placeKey: () => Promise<void>,
  progress: Progress,
): Promise<Filled> {
  const { read } = source.data;
  if ((await oldestOrganisation(read)) === null) throw neverStarted();
  for await (const folder of target.blobs.folders()) {
    if (isRegisterFolder(folder)) continue;
    const envelope = await findEnvelope(read, folder);
    if (envelope === null) {
      throw new MaintenanceError("There is content there that is not of this installation. Give an empty place");
    }
    if (fromFlag(envelope.content_gone)) await target.blobs.deleteFolder(folder);
  }
  await placeKey();
  const filled = await fillContent({ read, blobs: target.blobs }, source, { compare: true, progress });
  await bringRegister(source.destroyed, target);
  return filled;
}

/** Back-ups of before the move are restored by the register that knows them. */
async function bringRegister(
  from: DestructionRegister,
  { destroyed, clock }: Pick<Services, "destroyed" | "clock">,
): Promise<void> {
  if (!(await isSameRegister(from, destroyed, clock.now()))) await copyRegister(from, destroyed);
}

function neverStarted(): MaintenanceError {
  return new MaintenanceError("There is nothing to move: this installation was never started");
}

async function describeSource({ data, blobs }: MoveSource, progress: Progress): Promise<DataSource> {
  const organisation = await oldestOrganisation(data.read);
  if (organisation === null) throw neverStarted();
  const tables: SourceTable[] = [];
  for (const shape of await readShapes(data.read)) {
    const digest = await digestTable(data.read, shape);
    tables.push({ ...shape, rows: digest.rows, digest: digest.value() });
    progress(`${shape.name}: ${digest.rows} rows`);
  }
  return {
    // An organisation's id is that of one installation alone; the digests, that nothing was served from it since.
    origin: `move ${organisation} ${tables.map(({ digest }) => digest.slice(0, 8)).join("")}`,
    migrations: await appliedMigrations(data.read),
    tables,
    rows: (table: TableShape) => readRows(data.read, table),
    blobs,
  };
}

/** Both write to one place when what one notes the other reads. */
async function isSameRegister(
  source: DestructionRegister,
  target: DestructionRegister,
  nowMs: number,
): Promise<boolean> {
  const at = nowMs;
  const mark = `move ${at}`;
  await target.note([{ at, mark }]);
  for await (const line of source.read(at)) if (line !== null && "mark" in line && line.mark === mark) return true;
  return false;
}

async function copyRegister(source: DestructionRegister, target: DestructionRegister): Promise<void> {
  let lines: Destruction[] = [];
  for await (const line of source.read(0)) {
    if (line !== null) lines.push(line);
    if (lines.length < LINES_AT_ONCE) continue;
    await target.note(lines);
    lines = [];
  }
  await target.note(lines);
}
