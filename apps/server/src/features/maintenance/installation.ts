/** What the maintenance commands work on: an installation from the inside, with or without its server running. */
import type { Snapshot } from "../../platform/database/copy/index.ts";
import type { Services } from "../../services.ts";

export interface Installation {
  readonly services: Services;
  /** Its data at one instant, while others write. `temporary`: a path for a file that holds it meanwhile. */
  snapshot(temporary: string): Promise<Snapshot>;
  close(): Promise<void>;
}

/** Tells how far a long command is. */
export type Progress = (words: string) => void;

/** What an operator must hear, and mend or decide; said as it is. */
export class MaintenanceError extends Error {}
