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
import type { Destruction, DestructionRegister } from "../../platform/destroyed/index.ts";
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

/** @param placeKey puts the key file into the new installation @throws MaintenanceError, Error in words */
export async function move(
  source: MoveSource,
  target: Installation,
  placeKey: () => Promise<void>,
  progress: Progress,
): Promise<MoveReport> {
  const { services } = target;
  const from = await describeSource(source, progress);
  await claimTarget(services, from);
  await placeKey();
  await fillTables(services, from, new Set(), progress);
  const filled = await fillContent(services, from, { compare: true, progress });
  // Back-ups of before the move are restored by the register that knows them.
  if (!(await isSameRegister(source.destroyed, services.destroyed, services.clock.now())))
    await copyRegister(source.destroyed, services.destroyed);
  await releaseTarget(services);
  return { tables: from.tables, filled };
}

async function describeSource({ data, blobs }: MoveSource, progress: Progress): Promise<DataSource> {
  const organisation = await oldestOrganisation(data.read);
  if (organisation === null)
    throw new MaintenanceError("There is nothing to move: this installation was never started");
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
