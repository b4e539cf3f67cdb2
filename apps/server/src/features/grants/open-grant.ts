/**
 * The opening (M5, Z7, Q8): the only place that releases a wrapped key. Everything is decided inside one transaction that holds the
 * grant's row, so neither two requests at once nor a guess in parallel gets more than its turn.
 */
import { PliError } from "@pli/core/errors";
import { LIMITS, type Opening, type OpeningRequest } from "@pli/core/wire";
import type { Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import {
  countFirstOpening,
  countWrongTry,
  describePart,
  type GrantRow,
  iso,
  lockGrantToOpen,
  type PartsTable,
  partsOfGrant,
  shortManifest,
  takeOpening,
} from "../envelopes/index.ts";
import { appendJournal } from "../journal/index.ts";
import { lockAfter, requireTurn, takeWithin, verifierMatches } from "../limits/index.ts";
import { provenMailboxes } from "../mailbox-codes/index.ts";
import { enqueue } from "../notifications/index.ts";
import { entryOf, noteRefusal } from "./ask-code.ts";
import { needsMailboxCode, numberToProve, requireOpenable, requireUnended } from "./grants.policy.ts";
import { insertOpening, openUntil } from "./grants.queries.ts";
import type { Visitor } from "./visitor.ts";

const OPENING_MS = LIMITS.openingMinutes * 60_000;
/** Openings tried from one network in a minute: an office behind one address still fits. */
const TRIES_PER_MINUTE = 300;

/**
 * Uses one opening, or goes on with the one that runs in this browser.
 * @param request.verifier 32 bytes, base64url (Z7)
 * @throws PliError `not_found`, `revoked`, `expired`, `used_up`, `mailbox_proof_required`, `sms_proof_required`, `locked`, `wrong_password` {triesLeft},
 * `rate_limited`
 */
export async function openGrant(
  services: Services,
  grantId: string,
  visitor: Visitor,
  request: Omit<OpeningRequest, "proof">,
): Promise<Opening> {
  const { verifier, withManifest } = request;
  const door = { door: "openings", key: visitor.network, limit: TRIES_PER_MINUTE, windowSeconds: 60 };
  await requireTurn(services, door);
  // A refusal is returned, not thrown: what it counted and noted must be kept.
  let used: number | null = null;
  let manifestPart: PartsTable | undefined;
  const outcome = await services.db.write(async (tx) => {
    const nowMs = services.clock.now();
    // One breath: what is asked behind the lock is read when the grant is held.
    const [refused, grant, runsUntilMs, provenUntilOf, parts] = await Promise.all([
      takeWithin(tx, nowMs, [door]),
      lockGrantToOpen(tx, grantId),
      openUntil(tx, grantId, visitor.deviceSha256, nowMs),
      provenMailboxes(tx, visitor.deviceSha256, nowMs),
      partsOfGrant(tx, grantId),
    ]);
    if (refused !== null) return refused;
    const decided = await decide(services, tx, { row: grant, runsUntilMs, provenUntilOf, parts }, visitor, verifier);
    used = usedBy(decided, grant);
    manifestPart = parts[0]?.part === 0 ? parts[0] : undefined;
    if (decided instanceof PliError && grant !== null && noted.has(decided.code)) {
      await noteRefusal(services, tx, grant, visitor, decided.code);
    }
    return decided;
  });
  if (outcome instanceof PliError) throw outcome;
  // So that a restored back-up does not give it again; the opening itself does not wait for it.
  if (used !== null) services.destroyed.noteSoon({ at: services.clock.now(), opened: grantId, used });
  const manifest = withManifest && manifestPart && (await shortManifest(services, manifestPart));
  return manifest ? { ...outcome, manifest } : outcome;
}

/** How many openings of the grant are used with this one; null when it used none. */
function usedBy(decided: Opening | PliError, before: GrantRow | null): number | null {
  if (decided instanceof PliError || before === null || decided.openingsLeft === before.openings_left) return null;
  return before.openings_total - decided.openingsLeft;
}

/** Refusals that are worth a line in the register; wrong passwords have their own. */
const noted: ReadonlySet<string> = new Set(["expired", "used_up", "revoked", "locked"]);

/** What is known when the grant is held. */
interface Seen {
  readonly row: GrantRow | null;
  /** Until when an opening of this device runs. */
  readonly runsUntilMs: number | null;
  readonly provenUntilOf: (address: string) => Promise<number | null>;
  readonly parts: readonly PartsTable[];
}

async function decide(
  services: Services,
  tx: Tx,
  { row, runsUntilMs, provenUntilOf, parts }: Seen,
  visitor: Visitor,
  verifier: string,
): Promise<Opening | PliError> {
  const nowMs = services.clock.now();
  let grant: GrantRow;
  try {
    grant = requireUnended(row, nowMs);
    if (runsUntilMs === null || grant.wrapped_key === null) requireOpenable(grant, nowMs);
  } catch (error) {
    if (error instanceof PliError) return error;
    throw error;
  }
  if (needsMailboxCode(grant) && runsUntilMs === null) {
    const proven = await provenUntilOf(grant.address);
    if (proven === null) return new PliError("mailbox_proof_required");
  }
  const number = numberToProve(grant);
  if (number !== null && runsUntilMs === null) {
    const proven = await provenUntilOf(number);
    if (proven === null) return new PliError("sms_proof_required");
  }
  const right = verifierMatches(verifier, grant.verifier_sha256);
  const lockedForMs = (grant.locked_until_ms ?? 0) - nowMs;
  // Whoever reads already and knows the secrets goes on, whatever strangers try meanwhile; whether a guess was right is told to nobody else.
  if (lockedForMs > 0 && !(right && runsUntilMs !== null)) return locked(lockedForMs);
  if (!right) return await refuseVerifier(services, tx, grant, visitor, nowMs);
  if (runsUntilMs !== null) {
    await appendJournal(tx, [entryOf(services, grant, visitor, "opened_again", { openingsLeft: grant.openings_left })]);
    return release(grant, parts, runsUntilMs, grant.openings_left);
  }
  // Never longer than the grant itself: the first limit reached ends it (M6).
  const openUntilMs = Math.min(nowMs + OPENING_MS, grant.expires_at_ms);
  const openingsLeft = grant.openings_left - 1;
  if (openingsLeft < 0) return new PliError("used_up");
  const first = grant.first_opened_at_ms === null;
  const tells = grant.notify === "each" || (grant.notify === "first" && first);
  const [used] = await Promise.all([
    takeOpening(tx, grant.grant_id, nowMs, openUntilMs),
    insertOpening(tx, { grantId: grant.grant_id, deviceSha256: visitor.deviceSha256, openUntilMs }),
    appendJournal(tx, [entryOf(services, grant, visitor, "opened", { openingsLeft })]),
    first ? countFirstOpening(tx, grant.envelope_id) : null,
    tells ? tellSender(services, tx, grant, openingsLeft, nowMs) : null,
  ]);
  // Thrown, not returned: the one statement that counts has the last word, and takes all else back.
  if (!used) throw new PliError("used_up");
  return release(grant, parts, openUntilMs, openingsLeft);
}

function locked(forMs: number): PliError {
  return new PliError("locked", { details: { retryAfterSeconds: Math.ceil(forMs / 1000) } });
}

async function refuseVerifier(
  services: Services,
  tx: Tx,
  grant: GrantRow,
  visitor: Visitor,
  nowMs: number,
): Promise<PliError> {
  const tries = grant.wrong_tries + 1;
  const total = grant.wrong_total + 1;
  const hasPassword = grant.password_params !== null;
  const forMs = lockAfter({ hasPassword, tries, total, lifeMs: grant.expires_at_ms - nowMs });
  const locks = forMs !== null;
  await countWrongTry(tx, grant.grant_id, {
    tries: locks ? 0 : tries,
    total,
    lockedUntilMs: locks ? nowMs + forMs : null,
  });
  const triesLeft = LIMITS.passwordTries - tries;
  await appendJournal(tx, [
    entryOf(services, grant, visitor, "password_wrong", { triesLeft }),
    ...(locks ? [entryOf(services, grant, visitor, "locked")] : []),
  ]);
  return locks ? locked(forMs) : new PliError("wrong_password", { details: { triesLeft } });
}

function release(grant: GrantRow, parts: readonly PartsTable[], openUntilMs: number, openingsLeft: number): Opening {
  if (grant.wrapped_key === null) throw new PliError("used_up");
  return {
    envelopeId: grant.envelope_id,
    wrappedKey: grant.wrapped_key,
    address: grant.address,
    openUntil: iso(openUntilMs),
    openingsLeft,
    last: openingsLeft === 0,
    expiresAt: iso(grant.expires_at_ms),
    sentAt: iso(grant.sent_at_ms ?? 0),
    parts: parts.map(describePart),
  };
}

async function tellSender(
  services: Services,
  tx: Tx,
  grant: GrantRow,
  openingsLeft: number,
  nowMs: number,
): Promise<void> {
  await enqueue(services, tx, {
    kind: "opened",
    to: grant.member_address,
    language: grant.member_language,
    organisationId: grant.organisation_id,
    envelopeId: grant.envelope_id,
    grantId: grant.grant_id,
    facts: {
      recipient: grant.name ?? grant.address,
      atMs: nowMs,
      timeZone: grant.member_time_zone,
      openingsLeft,
      ...(grant.reference === null ? {} : { reference: grant.reference }),
    },
  });
}
