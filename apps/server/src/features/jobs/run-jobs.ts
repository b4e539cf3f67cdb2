/**
 * What must happen though nobody asks: keys of grants whose time is over go (M6, M18, Z8), then blobs; drafts that nobody sent, blobs that
 * belong to nothing, rows that nobody needs. Every job may be cut at any instant and run again, on several nodes at once.
 */

import type { GrantState } from "@pli/core/wire";
import { cleanIdempotency } from "../../http/clean-idempotency.ts";
import { isRegisterFolder } from "../../platform/destroyed/index.ts";
import type { Services } from "../../services.ts";
import {
  deleteDraft,
  endEnvelope,
  endedWithContent,
  endOneGrant,
  eraseContent,
  findEnvelope,
  holdEnvelope,
  lockGrant,
  overdueGrants,
  overdueWithoutGrants,
} from "../envelopes/index.ts";
import { cleanOpenings } from "../grants/index.ts";
import { cleanLimits } from "../limits/index.ts";
import { cleanMailboxCodes } from "../mailbox-codes/index.ts";
import { cleanSecrets, endOverdueSecrets, isSecretOverdue } from "../secrets/index.ts";
import type { GoOn } from "./lease-job.ts";

const SOME = 200;
/** A write this old was interrupted: the slowest upload of a chunk takes less. */
const INTERRUPTED_MS = 24 * 3_600_000;

/** Whether `endOverdue` would find anything: reads alone, so that a server at rest writes nothing. */
export async function isAnythingOverdue(services: Services): Promise<boolean> {
  const { db, clock } = services;
  const nowMs = clock.now();
  const found = await Promise.all([
    overdueGrants(db.read, nowMs, 1),
    overdueWithoutGrants(db.read, nowMs, 1),
    endedWithContent(db.read, 1),
  ]);
  return found.some((rows) => rows.length > 0) || (await isSecretOverdue(services));
}

const always: GoOn = () => true;

/** Ends what the clock has ended. Keys first, for all; then blobs. */
export async function endOverdue(services: Services, goOn: GoOn = always): Promise<void> {
  const nowMs = services.clock.now();
  for (;;) {
    const grants = await overdueGrants(services.db.read, nowMs, SOME);
    // In the register of destruction before any key goes: one line each, one flush for all.
    await services.destroyed.note(
      grants.map(({ grant_id, state }) => ({ at: nowMs, grant: grant_id, how: howEnded(state) })),
    );
    for (const { grant_id, envelope_id } of grants) {
      if (!goOn()) return;
      const isAlive = await services.db.write(async (tx) => {
        await holdEnvelope(tx, envelope_id);
        const grant = await lockGrant(tx, grant_id);
        if (grant === null || grant.wrapped_key === null) return false;
        const expired = grant.expires_at_ms <= nowMs;
        const hourOver = grant.state === "used_up" && (grant.open_until_ms ?? 0) <= nowMs;
        if (!expired && !hourOver) return true;
        await endOneGrant(services, tx, grant, howEnded(grant.state));
        return false;
      });
      // Its sender gave it more time in this very instant.
      if (isAlive) await services.destroyed.note([{ at: nowMs, kept: grant_id }]);
    }
    if (grants.length < SOME) break;
  }
  await endOverdueSecrets(services, goOn);
  const dropped: string[] = [];
  for (;;) {
    const overdue = await overdueWithoutGrants(services.db.read, nowMs, SOME);
    for (const { envelope_id, state } of overdue) {
      if (!goOn()) return;
      const ended = await services.db.write((tx) =>
        state === "draft" ? deleteDraft(tx, envelope_id) : endEnvelope(tx, envelope_id, "expired", nowMs),
      );
      // A draft that was sent in the same instant is no draft any more: its blobs stay. Of one that went no row is left to find them by.
      if (ended && state === "draft") dropped.push(envelope_id);
    }
    if (overdue.length < SOME) break;
  }
  // What is cut here the sweep finds.
  for (const envelopeId of dropped) {
    if (!goOn()) return;
    await eraseContent(services, envelopeId);
  }
  for (;;) {
    const ended = await endedWithContent(services.db.read, SOME);
    for (const envelopeId of ended) {
      if (!goOn()) return;
      await eraseContent(services, envelopeId);
    }
    if (ended.length < SOME) break;
  }
}

function howEnded(state: GrantState): "used_up" | "expired" {
  return state === "used_up" ? "used_up" : "expired";
}

/** Blobs of envelopes that are not there, and what interrupted uploads left. Walks the whole store: seldom. */
export async function sweepBlobs(services: Services, goOn: GoOn = always): Promise<number> {
  let removed = await services.blobs.sweep(services.clock.now() - INTERRUPTED_MS);
  for await (const folder of services.blobs.folders()) {
    if (!goOn()) break;
    if (isRegisterFolder(folder)) continue;
    const envelope = await findEnvelope(services.db.read, folder);
    // A draft's row is durable before its first chunk: no row, nobody's blobs.
    if (envelope !== null && envelope.content_gone === 0) continue;
    await services.blobs.deleteFolder(folder);
    removed++;
  }
  return removed;
}

/** Rows that nobody needs any more. */
export async function cleanRows(services: Services, goOn: GoOn = always): Promise<void> {
  for (const clean of [cleanOpenings, cleanMailboxCodes, cleanIdempotency, cleanLimits, cleanSecrets]) {
    if (!goOn()) return;
    await clean(services);
  }
  await services.db.emptyLog();
}
