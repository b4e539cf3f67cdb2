/**
 * The second half of destruction (Z8): the keys are gone already, in a transaction; here the blobs go, then the envelope is marked. A
 * crash between leaves blobs that nothing opens, and the job that finds them.
 */
import type { Services } from "../../services.ts";
import { markContentGone } from "./envelopes.queries.ts";

const running = new WeakMap<Services["db"], Set<Promise<void>>>();

/** Begins to erase; never throws. Whoever asked has its answer before: what counts is durable. */
export function eraseLater(services: Services, envelopeId: string): void {
  let set = running.get(services.db);
  if (set === undefined) {
    set = new Set();
    running.set(services.db, set);
  }
  const work = eraseContent(services, envelopeId).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? error.code : "unknown";
    services.logger.warn({ code }, "content not erased yet");
  });
  set.add(work);
  void work.finally(() => set.delete(work));
}

/** Resolves when nothing is being erased any more. */
export async function erasingDone(services: Services): Promise<void> {
  await Promise.all(running.get(services.db) ?? []);
}

export async function eraseContent(services: Services, envelopeId: string): Promise<void> {
  await services.blobs.deleteFolder(envelopeId);
  await services.db.write((tx) => markContentGone(tx, envelopeId));
}
