/**
 * The view (S1, Z7, Q8): the only place that releases a secret. Decided inside one transaction that holds its row, so that many at once get
 * as many as there are. Every answer is a view: there is no device that may come back, and after the last one nothing is left to give.
 */
import { type ErrorCode, PliError } from "@pli/core/errors";
import { LIMITS, type SecretView } from "@pli/core/wire";
import { fromBytes, type Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { iso } from "../envelopes/index.ts";
import { appendJournal, type JournalEntry } from "../journal/index.ts";
import { lockAfter, take, takeIn, verifierMatches } from "../limits/index.ts";
import { secretStateAt } from "./secrets.policy.ts";
import { countWrongView, holdSecret, takeView } from "./secrets.queries.ts";
import type { SecretsTable } from "./secrets.table.ts";

/** Views tried from one network in a minute: an office behind one address still fits. */
const TRIES_PER_MINUTE = 120;

/** Who asks, as far as the register may say. */
export interface Viewer {
  readonly network: string;
  readonly agent: string;
}

/**
 * Uses one view.
 * @param verifier 32 bytes, base64url (Z7)
 * @throws PliError `not_found`, `destroyed`, `expired`, `used_up`, `locked`, `wrong_password` {triesLeft}, `rate_limited`
 */
export async function viewSecret(
  services: Services,
  secretId: string,
  viewer: Viewer,
  verifier: string,
): Promise<SecretView> {
  await take(services, { door: "views", key: viewer.network, limit: TRIES_PER_MINUTE, windowSeconds: 60 });
  let used: number | null = null;
  // A refusal is returned, not thrown: what it counted and noted must be kept.
  const outcome = await services.db.write(async (tx) => {
    const secret = await holdSecret(tx, secretId);
    used = null;
    if (secret === undefined) return new PliError("not_found");
    const decided = await decide(services, tx, secret, viewer, verifier);
    if (!(decided instanceof PliError)) used = secret.views_total - decided.viewsLeft;
    else if (noted.has(decided.code)) await noteRefusal(services, tx, secret, viewer, decided.code);
    return decided;
  });
  if (outcome instanceof PliError) throw outcome;
  // So that a restored back-up does not give it again; the view itself does not wait for it.
  if (used !== null) services.destroyed.noteSoon({ at: services.clock.now(), viewed: secretId, used });
  return outcome;
}

const noted: ReadonlySet<ErrorCode> = new Set(["expired", "used_up", "destroyed", "locked"]);

async function decide(
  services: Services,
  tx: Tx,
  secret: SecretsTable,
  viewer: Viewer,
  verifier: string,
): Promise<SecretView | PliError> {
  const nowMs = services.clock.now();
  const state = secretStateAt(secret, nowMs);
  if (state !== "active") return new PliError(state);
  const lockedForMs = (secret.locked_until_ms ?? 0) - nowMs;
  if (lockedForMs > 0) return locked(lockedForMs);
  if (!verifierMatches(verifier, secret.verifier_sha256)) return await refuse(services, tx, secret, viewer);
  const { wrapped_key: wrappedKey, content } = secret;
  if (wrappedKey === null || content === null) return new PliError("used_up");
  const viewsLeft = secret.views_left - 1;
  await takeView(tx, secret.secret_id, viewsLeft, nowMs);
  await appendJournal(tx, [
    entryOf(services, secret, viewer, "opened", { openingsLeft: viewsLeft }),
    ...(viewsLeft === 0 ? [entryOf(services, secret, viewer, "destroyed")] : []),
  ]);
  return { wrappedKey, content: fromBytes(content), viewsLeft, expiresAt: iso(secret.expires_at_ms) };
}

function locked(forMs: number): PliError {
  return new PliError("locked", { details: { retryAfterSeconds: Math.ceil(forMs / 1000) } });
}

async function refuse(services: Services, tx: Tx, secret: SecretsTable, viewer: Viewer): Promise<PliError> {
  const nowMs = services.clock.now();
  const tries = secret.wrong_tries + 1;
  const total = secret.wrong_total + 1;
  const hasPassword = secret.password_params !== null;
  const forMs = lockAfter({ hasPassword, tries, total, lifeMs: secret.expires_at_ms - nowMs });
  await countWrongView(tx, secret.secret_id, {
    tries: forMs === null ? tries : 0,
    total,
    lockedUntilMs: forMs === null ? null : nowMs + forMs,
  });
  const triesLeft = LIMITS.passwordTries - tries;
  await appendJournal(tx, [
    entryOf(services, secret, viewer, "password_wrong", { triesLeft }),
    ...(forMs === null ? [] : [entryOf(services, secret, viewer, "locked")]),
  ]);
  return forMs === null ? new PliError("wrong_password", { details: { triesLeft } }) : locked(forMs);
}

/** The same reason from the same network once a minute, so that nobody fills the register by knocking. */
async function noteRefusal(
  services: Services,
  tx: Tx,
  secret: SecretsTable,
  viewer: Viewer,
  reason: ErrorCode,
): Promise<void> {
  const key = `${secret.secret_id} ${reason} ${viewer.network}`;
  const once = { door: "refusal-noted", key, limit: 1, windowSeconds: 60 };
  if (!(await takeIn(tx, services.clock.now(), once))) return;
  await appendJournal(tx, [entryOf(services, secret, viewer, "refused", { reason })]);
}

function entryOf(
  services: Services,
  secret: SecretsTable,
  viewer: Viewer,
  event: JournalEntry["event"],
  facts: JournalEntry["facts"] = {},
): JournalEntry {
  return {
    envelopeId: secret.secret_id,
    organisationId: secret.organisation_id,
    atMs: services.clock.now(),
    event,
    facts: { ...facts, network: viewer.network, agent: viewer.agent },
  };
}
