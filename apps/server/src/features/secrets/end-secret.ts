/**
 * The end of secrets (S1, Z8): by their creator, by the clock, or again after a restore. The register of destruction knows first; then key
 * and text go in one statement, and the journal says so.
 */
import type { Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { appendJournal } from "../journal/index.ts";
import { requireOwnSecret } from "./secrets.policy.ts";
import {
  deleteEndedSecrets,
  endSecretRow,
  findSecret,
  holdSecret,
  overdueSecrets,
  takeView,
} from "./secrets.queries.ts";

const SOME = 200;
/** So long its creator still sees in the list how it ended. */
const SHOWN_MS = 30 * 24 * 3_600_000;

/** Destroys one's own secret. One that has ended stays as it ended. @throws PliError `not_found` */
export async function destroySecret(services: Services, memberId: string, secretId: string): Promise<void> {
  const secret = requireOwnSecret(await findSecret(services.db.read, secretId), memberId);
  if (secret.state !== "active") return;
  const at = services.clock.now();
  await services.destroyed.note([{ at, secret: secretId, how: "destroyed" }]);
  await services.db.write((tx) => endSecret(services, tx, secretId, "destroyed"));
}

/** @returns false when it had ended before, or is unknown */
export async function endSecret(
  services: Services,
  tx: Tx,
  secretId: string,
  how: "destroyed" | "expired",
): Promise<boolean> {
  const secret = await holdSecret(tx, secretId);
  const atMs = services.clock.now();
  if (secret === undefined || !(await endSecretRow(tx, secretId, how, atMs))) return false;
  await appendJournal(tx, [{ envelopeId: secretId, organisationId: secret.organisation_id, atMs, event: how }]);
  return true;
}

/** So many views are used at least: counts again what a back-up does not know. @returns how many more than was known */
export async function countViewsAgain(
  services: Services,
  tx: Tx,
  secretId: string,
  used: number,
  atMs: number,
): Promise<number> {
  const secret = await holdSecret(tx, secretId);
  if (secret === undefined || secret.state !== "active") return 0;
  const viewsLeft = Math.max(0, secret.views_total - used);
  const more = secret.views_left - viewsLeft;
  if (more <= 0) return 0;
  await takeView(tx, secretId, viewsLeft, atMs);
  const entry = { envelopeId: secretId, organisationId: secret.organisation_id, atMs };
  await appendJournal(tx, [
    ...Array.from({ length: more }, (_, index) => ({
      ...entry,
      event: "opened" as const,
      facts: { openingsLeft: viewsLeft + more - 1 - index },
    })),
    ...(viewsLeft === 0 ? [{ ...entry, atMs: services.clock.now(), event: "destroyed" as const }] : []),
  ]);
  return more;
}

/** Whether `endOverdueSecrets` would find anything. */
export async function isSecretOverdue({ db, clock }: Services): Promise<boolean> {
  return (await overdueSecrets(db.read, clock.now(), 1)).length > 0;
}

/** Ends what the clock has ended. May be cut at any instant and run again. */
export async function endOverdueSecrets(services: Services, goOn: () => boolean): Promise<void> {
  const at = services.clock.now();
  for (;;) {
    const overdue = await overdueSecrets(services.db.read, at, SOME);
    await services.destroyed.note(overdue.map(({ secret_id }) => ({ at, secret: secret_id, how: "expired" })));
    for (const { secret_id } of overdue) {
      if (!goOn()) return;
      await services.db.write((tx) => endSecret(services, tx, secret_id, "expired"));
    }
    if (overdue.length < SOME) return;
  }
}

/** Forgets secrets that ended long ago; the journal remembers. */
export async function cleanSecrets(services: Services): Promise<void> {
  await deleteEndedSecrets(services.db, services.clock.now() - SHOWN_MS);
}
