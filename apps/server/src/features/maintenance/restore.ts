/**
 * Restores a back-up into an empty installation (Q6). Everything is verified before the first row is written; what was destroyed since stays
 * destroyed, as far as the register of destruction knows (Z8). Cut anywhere, the same command goes on.
 */
import {
  type BackUpFolder,
  type ContentLine,
  type Manifest,
  openBackUpFolder,
  type StoredBackUp,
} from "../../platform/back-ups/index.ts";
import { decodeRow } from "../../platform/database/copy/index.ts";
import { digestChunk, inTurns, sizesOf } from "./content.ts";
import { claimTarget, type DataSource, type Filled, fillContent, fillTables, releaseTarget } from "./fill.ts";
import { type Installation, MaintenanceError, type Progress } from "./installation.ts";
import {
  knowsBackUp,
  refuseWithoutRegister,
  type Settled,
  settleDestroyed,
  settleGone,
  settleMails,
} from "./settle.ts";
import { LEFT_OUT } from "./tables.ts";

export interface RestoreWishes {
  readonly from: string;
  /** Name of the back-up; null: the newest. */
  readonly name: string | null;
  readonly withoutRegister: boolean;
  readonly progress: Progress;
}

export interface RestoreReport {
  readonly manifest: Manifest;
  /** Null: restored without the register. */
  readonly settled: Settled | null;
  readonly mailsGivenUp: number;
  readonly filled: Filled;
}

/** @param placeKey puts the back-up's key file into the new installation, if it has none @returns null when that was done before @throws MaintenanceError, Error in words */
export async function restore(
  target: Installation,
  wishes: RestoreWishes,
  placeKey: (path: string) => Promise<void>,
): Promise<RestoreReport | null> {
  const { services } = target;
  const { progress } = wishes;
  const folder = await openBackUpFolder(wishes.from, { create: false });
  try {
    const backUp = await choose(folder, wishes);
    const manifest = await backUp.manifest();
    const source = sourceOf(folder, backUp, manifest);
    const withRegister = await knowsBackUp(services, manifest.name, manifest.takenAtMs);
    if (!withRegister && !wishes.withoutRegister) refuseWithoutRegister(services.config.destroyedFolder);
    const gone = await verifyBackUp(folder, backUp, manifest, progress);
    if (!(await claimTarget(services, source))) return null;
    if (manifest.hasKey) await placeKey(backUp.keyFile);
    await fillTables(services, source, LEFT_OUT, progress);
    const settled = withRegister ? await settleDestroyed(services, manifest.takenAtMs, progress) : null;
    // After the register, which knows how each of them ended.
    await settleGone(services, gone);
    const mailsGivenUp = await settleMails(services);
    const filled = await fillContent({ read: services.db.read, blobs: services.blobs }, source, {
      compare: true,
      progress,
    });
    await releaseTarget(services);
    return { manifest, settled, mailsGivenUp, filled };
  } finally {
    await folder.close();
  }
}

async function choose(folder: BackUpFolder, wishes: RestoreWishes): Promise<StoredBackUp> {
  const names = await folder.names();
  const name = wishes.name ?? names.at(-1);
  if (name === undefined) throw new MaintenanceError(`There is no whole back-up in ${wishes.from}`);
  if (!names.includes(name)) throw new MaintenanceError(`There is no back-up ${name}. There are: ${names.join(", ")}`);
  return folder.read(name);
}

function sourceOf(folder: BackUpFolder, backUp: StoredBackUp, manifest: Manifest): DataSource {
  return {
    origin: `back-up ${manifest.name}`,
    migrations: manifest.migrations,
    tables: manifest.tables,
    blobs: folder.chunks,
    rows: async function* (table) {
      for await (const lines of backUp.tableLines(table.name)) yield lines.map((line) => decodeRow(table, line));
    },
  };
}

/** Every file and every chunk against its digest. @returns envelopes that were destroyed while it was made @throws MaintenanceError */
async function verifyBackUp(
  folder: BackUpFolder,
  backUp: StoredBackUp,
  manifest: Manifest,
  progress: Progress,
): Promise<readonly string[]> {
  for (const { name, sha256 } of manifest.tables) {
    if ((await backUp.tableSha256(name)) !== sha256) throw damaged(`the table ${name}`);
  }
  if ((await backUp.contentSha256()) !== manifest.content.sha256) throw damaged("the list of content");
  const gone: string[] = [];
  let envelopes = 0;
  for await (const line of backUp.content()) {
    await verifyChunks(folder, line);
    if (line.gone === true) gone.push(line.envelope);
    envelopes += 1;
    if (envelopes % 100 === 0) progress(`verified ${envelopes} of ${manifest.content.envelopes} envelopes`);
  }
  return gone;
}

async function verifyChunks(folder: BackUpFolder, { envelope, chunks }: ContentLine): Promise<void> {
  const sizes = await sizesOf(folder.chunks, envelope);
  await inTurns(chunks, async ([name, sizeBytes, sha256]) => {
    const isThere = sizes.get(name) === sizeBytes;
    if (!isThere || (await digestChunk(folder.chunks, envelope, name, sizeBytes)) !== sha256) {
      throw damaged(`the chunk ${envelope}/${name}`);
    }
  });
}

function damaged(what: string): MaintenanceError {
  return new MaintenanceError(
    `This back-up is damaged: ${what} is not as it was. Nothing was restored. Take another one`,
  );
}
