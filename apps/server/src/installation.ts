/**
 * An installation without its server: composed for the operator's commands as server.ts composes it for serving. No feature is started, no
 * port is opened.
 */
import { readFile } from "node:fs/promises";
import type { Config } from "./config.ts";
import type { Installation, MoveSource } from "./features/maintenance/index.ts";
import { openBlobs } from "./platform/blobs/index.ts";
import { systemClock } from "./platform/clock.ts";
import { openSnapshot, ownDatabase } from "./platform/database/copy/index.ts";
import { openDatabase } from "./platform/database/index.ts";
import { openRegister } from "./platform/destroyed/index.ts";
import { isMissing } from "./platform/disk.ts";
import { createServerKey, keysOf, readServerKey } from "./platform/keys.ts";
import { createLogger } from "./platform/logger.ts";
import { openTelemetry } from "./platform/telemetry/index.ts";

/** Opens (and makes, and migrates) the installation that the configuration names. */
export async function openInstallation(config: Config): Promise<Installation> {
  const clock = systemClock;
  const logger = createLogger("silent");
  const blobs = openBlobs(config.blobs);
  const db = await openDatabase(config.database, clock.now);
  const destroyed = openRegister(config.destroyedFolder, blobs.store, clock.now);
  const origin = config.publicUrl ?? `http://localhost:${config.port}`;
  return {
    services: {
      config,
      clock,
      logger,
      db,
      blobs: blobs.store,
      direct: null,
      destroyed,
      telemetry: await openTelemetry({ metrics: null, traces: null, trustProxy: 0 }, logger),
      // Only when asked for: a restore brings the key file of the installation it restores.
      keys: {
        derive: (purpose) => keysOf(readServerKey(config.keyFile) ?? createServerKey(config.keyFile)).derive(purpose),
      },
      origin: () => origin,
      isStopping: () => false,
    },
    snapshot: (temporary) => openSnapshot(config.database, temporary),
    close: async () => {
      await destroyed.close();
      await db.close();
      blobs.close();
    },
  };
}

/** The store and the register that the configuration names, without a database. */
export function openContent(
  config: Config,
): Pick<Installation["services"], "blobs" | "destroyed" | "clock"> & { close(): Promise<void> } {
  const blobs = openBlobs(config.blobs);
  const destroyed = openRegister(config.destroyedFolder, blobs.store, systemClock.now);
  return {
    blobs: blobs.store,
    destroyed,
    clock: systemClock,
    close: async () => {
      await destroyed.close();
      blobs.close();
    },
  };
}

/** The installation to be moved, for ourselves alone. @throws Error in words when its server runs */
export async function openMoveSource(config: Config): Promise<MoveSource & { close(): Promise<void> }> {
  const data = await ownDatabase(config.database, "The server still uses this installation. Stop all its nodes first");
  const content = openContent(config);
  return {
    data,
    blobs: content.blobs,
    destroyed: content.destroyed,
    close: async () => {
      await content.close();
      await data.close();
    },
  };
}

/** Puts a key file at `path`, where there is none. @throws Error in words when it has another */
export async function placeServerKey(from: string, path: string): Promise<void> {
  const wanted = await readIfThere(from);
  if (wanted === null) return;
  if ((await readIfThere(path)) === null) createServerKey(path, wanted);
  if ((await readIfThere(path))?.equals(wanted) !== true)
    throw new Error(`${path} is another key than that of ${from}. Put it aside`);
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
