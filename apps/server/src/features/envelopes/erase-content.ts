/**
 * The second half of destruction (Z8): the keys are gone already, in a transaction; here the blobs go, then the envelope is marked. A
 * crash between leaves blobs that nothing opens, and the job that finds them.
 */
import type { Services } from "../../services.ts";
import { markContentGone } from "./ending.queries.ts";
import { findEnvelope } from "./envelopes.queries.ts";

const running = new WeakMap<Services["db"], Set<Promise<void>>>();

/** So long whoever ended an envelope waits for its blobs to be gone: most are by then. */
const PATIENCE_MS = 1000;

/**
 * Begins to erase, and resolves when it is done or has taken a second: what counts, the keys, is gone already. Never throws.
 */
export async function eraseSoon(services: Services, envelopeIds: readonly string[]): Promise<void> {
  if (envelopeIds.length === 0) return;
  let set = running.get(services.db);
  if (set === undefined) {
    set = new Set();
    running.set(services.db, set);
  }
  for (const envelopeId of envelopeIds) {
    const work = eraseContent(services, envelopeId).catch((error: unknown) => {
      const code = error instanceof Error && "code" in error ? error.code : "unknown";
      services.logger.warn({ code }, "content not erased yet");
    });
    set.add(work);
    void work.finally(() => set.delete(work));
  }
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([Promise.all(set), patience]);
  clearTimeout(timer);
}

/** Resolves when nothing is being erased any more. */
export async function erasingDone(services: Services): Promise<void> {
  await Promise.all(running.get(services.db) ?? []);
}

/** The register of destruction first: until it has the envelope, its blobs stay, and the job that finds them tries again. */
export async function eraseContent(services: Services, envelopeId: string): Promise<void> {
  const state = (await findEnvelope(services.db.read, envelopeId))?.state ?? "draft";
  // Sent after all: whoever wanted it erased was late.
  if (state === "sent") return;
  await services.destroyed.note([{ at: services.clock.now(), envelope: envelopeId, how: state }]);
  await services.blobs.deleteFolder(envelopeId);
  await services.db.write((tx) => markContentGone(tx, envelopeId));
}
