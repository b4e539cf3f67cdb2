/** Forgets answers that are too old to be replayed. */
import type { Services } from "../services.ts";
import { deleteOldAnswers } from "./idempotency.queries.ts";
import { IDEMPOTENCY_HOURS } from "./idempotency.ts";

export async function cleanIdempotency(services: Services): Promise<void> {
  await deleteOldAnswers(services.db, services.clock.now() - IDEMPOTENCY_HOURS * 3_600_000);
}
