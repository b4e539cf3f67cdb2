/** What every feature is handed at start. Values only; composed in server.ts, nowhere else. */

import type { Config } from "./config.ts";
import type { BlobStore, DirectDoor } from "./platform/blobs/index.ts";
import type { Clock } from "./platform/clock.ts";
import type { Db } from "./platform/database/index.ts";
import type { DestructionRegister } from "./platform/destroyed/index.ts";
import type { ServerKeys } from "./platform/keys.ts";
import type { Logger } from "./platform/logger.ts";
import type { Telemetry } from "./platform/telemetry/index.ts";

export interface Services {
  readonly config: Config;
  readonly db: Db;
  readonly blobs: BlobStore;
  /** Where clients reach the bucket themselves; null: all content goes through the node. */
  readonly direct: DirectDoor | null;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly keys: ServerKeys;
  /** Counts and spans; both do nothing where nobody asked for them. */
  readonly telemetry: Telemetry;
  /** What was destroyed, outside the database (Z8). */
  readonly destroyed: DestructionRegister;
  /** Whether the server was asked to stop: it ends what runs, and wants no new visitors. */
  isStopping(): boolean;
  /** Public origin without a slash at the end: of links, cookies, problem types. Known once the server listens. */
  origin(): string;
}
