/** Keeps a new secret (S1): what the creator's device sealed, for how many views and how long. */
import { PliError } from "@pli/core/errors";
import { LIMITS, type SecretCreation, type SecretItem } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import { toBytes } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { appendJournal } from "../journal/index.ts";
import { describeSecret } from "./read-secrets.ts";
import { countAliveSecrets, findSecret, insertSecret } from "./secrets.queries.ts";
import type { SecretsTable } from "./secrets.table.ts";

/** A creator's clock and the way here may differ from ours by so much. */
const CLOCK_TOLERANCE_MS = 2 * 60_000;

/**
 * @param again the caller may repeat a creation whose answer was lost (it named an idempotency key): the same one has the same answer
 * @throws PliError `bad_input` {field: expiresAt}, `limit_reached` {limit}, `already_exists` (the id)
 */
export async function createSecret(
  services: Services,
  caller: MemberCaller,
  creation: SecretCreation,
  again: boolean,
): Promise<SecretItem> {
  const nowMs = services.clock.now();
  const before = again ? await findSecret(services.db.read, creation.secretId) : undefined;
  if (before !== undefined && isSame(before, caller, creation)) return describeSecret(before, nowMs);
  const row: SecretsTable = {
    secret_id: creation.secretId,
    organisation_id: caller.organisationId,
    member_id: caller.memberId,
    state: "active",
    verifier_sha256: creation.verifierSha256,
    wrapped_key: creation.wrappedKey,
    content: toBytes(creation.content),
    password_params: creation.passwordParams === undefined ? null : JSON.stringify(creation.passwordParams),
    reference: creation.reference ?? null,
    views_total: creation.views,
    views_left: creation.views,
    wrong_tries: 0,
    wrong_total: 0,
    locked_until_ms: null,
    created_at_ms: nowMs,
    expires_at_ms: checkExpiry(creation.expiresAt, nowMs),
    last_viewed_at_ms: null,
    ended_at_ms: null,
  };
  // A bound against waste, not a right: two at once may pass it by one.
  if ((await countAliveSecrets(services.db.read, caller.memberId)) >= LIMITS.secretsPerMember) {
    throw new PliError("limit_reached", { details: { limit: LIMITS.secretsPerMember } });
  }
  await services.db.write(async (tx) => {
    if (!(await insertSecret(tx, row))) throw new PliError("already_exists", { details: { field: "secretId" } });
    await appendJournal(tx, [
      {
        envelopeId: row.secret_id,
        organisationId: row.organisation_id,
        atMs: nowMs,
        event: "sent",
        facts: { openingsLeft: row.views_left, sizeBytes: row.content?.length ?? 0 },
      },
    ]);
  });
  return describeSecret(row, nowMs);
}

/** Whoever made it knows what its verifier was made from: nobody else has the same one. */
function isSame(secret: SecretsTable, caller: MemberCaller, creation: SecretCreation): boolean {
  return (
    secret.member_id === caller.memberId &&
    secret.verifier_sha256 === creation.verifierSha256 &&
    secret.views_total === creation.views
  );
}

/** @throws PliError `bad_input` when it is too soon or too far */
function checkExpiry(expiresAt: string, nowMs: number): number {
  const expiresAtMs = Date.parse(expiresAt);
  const min = nowMs + LIMITS.secretExpiryMinMinutes * 60_000;
  const max = nowMs + LIMITS.secretExpiryMaxHours * 3_600_000;
  if (!(expiresAtMs >= min - CLOCK_TOLERANCE_MS && expiresAtMs <= max + CLOCK_TOLERANCE_MS)) {
    throw new PliError("bad_input", { details: { field: "expiresAt" } });
  }
  return Math.min(expiresAtMs, max);
}
