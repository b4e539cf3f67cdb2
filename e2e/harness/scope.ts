/** Cleaning up after a test: whatever is made for it is gone when it is over. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whatever can be told to clean up: a `TestContext`, or `{ after }` from node:test. */
export interface Scope {
  after(clean: () => Promise<void> | void): void;
}

/** A folder of its own under the system's temporary folder, removed at the end. */
export async function temporaryFolder(scope: Scope, name = "pli"): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `${name}-`));
  scope.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
