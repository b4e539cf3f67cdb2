/** Begins an envelope: a draft that takes chunks until it is sent or its time is over. */
import { type EnvelopeDraft, LIMITS } from "@pli/core/wire";
import { newId, type Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { noteEmptyDraft } from "./draft-room.ts";
import { insertDraft, type NewDraft } from "./envelopes.queries.ts";

export type DraftOrigin = Pick<NewDraft, "organisationId" | "memberId" | "reply" | "answers">;

export const DRAFT_MS = LIMITS.draftHours * 3_600_000;

/** @param prepare runs before, in the same transaction: what it throws refuses the draft. Durable when it resolves. */
export async function createDraft(
  services: Services,
  origin: DraftOrigin,
  prepare?: (tx: Tx) => Promise<void>,
): Promise<EnvelopeDraft> {
  const nowMs = services.clock.now();
  const draft = { ...origin, envelopeId: newId(nowMs), nowMs, expiresAtMs: nowMs + DRAFT_MS };
  await services.db.write(async (tx) => {
    await prepare?.(tx);
    await insertDraft(tx, draft);
  });
  noteEmptyDraft(services, draft.envelopeId);
  return describeDraft(draft.envelopeId, draft.expiresAtMs);
}

export function describeDraft(envelopeId: string, expiresAtMs: number): EnvelopeDraft {
  return { envelopeId, chunkBytes: LIMITS.chunkBytes, draftExpiresAt: new Date(expiresAtMs).toISOString() };
}
