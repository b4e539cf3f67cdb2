/**
 * The second step of a sign-in (A2). Whoever has followed the link holds the secret of a waiting step, in a cookie: that is no session and
 * opens nothing but this door, for ten minutes and five tries.
 */
import { randomBytes } from "node:crypto";
import { PliError } from "@pli/core/errors";
import {
  type FactorCode,
  type FactorCodeSent,
  LIMITS,
  type PasskeyAnswer,
  type PasskeyRequest,
  type SecondStep,
} from "@pli/core/wire";
import type { Reader, Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import {
  acceptPasskey,
  checkPasskey,
  confirmOfferedTotp,
  factorState,
  proveCode,
  requestPasskey,
  sendProofCode,
  stepAfterLink,
} from "../factors/index.ts";
import { take } from "../limits/index.ts";
import { memberById } from "../organisations/index.ts";
import type { MembersTable } from "../organisations/organisations.table.ts";
import type { SignInStepsTable } from "./accounts.table.ts";
import { sha256Text } from "./caller.ts";
import { openSession, type SignedIn, type SigningBrowser } from "./open-session.ts";
import { countWrongStep, deleteStep, holdStep, insertStep, stepBySecret } from "./sign-in-steps.queries.ts";

export const STEP_COOKIE = "__Host-pli-step";
const STEP_MS = LIMITS.secondStepMinutes * 60_000;
const STEP_TRIES = 5;

/** A link was right, and is not enough. */
export interface WaitingStep {
  /** 32 bytes, base64url: the cookie. */
  readonly stepSecret: string;
  readonly step: SecondStep;
}

/** @returns null when the link is enough */
export async function beginStep(services: Services, tx: Tx, member: MembersTable): Promise<WaitingStep | null> {
  const due = await stepAfterLink(services, tx, member);
  if (due === null) return null;
  const stepSecret = randomBytes(32).toString("base64url");
  const expiresAtMs = services.clock.now() + STEP_MS;
  await insertStep(tx, {
    secret_sha256: sha256Text(stepSecret),
    member_id: member.member_id,
    tries_left: STEP_TRIES,
    expires_at_ms: expiresAtMs,
  });
  return { stepSecret, step: { ...due, expiresAt: new Date(expiresAtMs).toISOString() } };
}

/** @throws `not_signed_in` when nothing waits */
export async function readStep(services: Services, secret: string | null): Promise<SecondStep> {
  const { row, member } = await waiting(services, services.db.read, stepBySecret, secret);
  // What was due is no longer: the next link is enough.
  const due = (await stepAfterLink(services, services.db.read, member)) ?? { factors: [], enrol: false };
  return { ...due, expiresAt: new Date(row.expires_at_ms).toISOString() };
}

/** @throws `not_signed_in`, `conflict` */
export async function requestStepPasskey(services: Services, secret: string | null): Promise<PasskeyRequest> {
  const { row } = await waiting(services, services.db.read, stepBySecret, secret);
  return await requestPasskey(services, purposeOf(row), row.member_id);
}

/** @throws `not_signed_in`, `passkey_refused`, `conflict`, `rate_limited` */
export async function stepByPasskey(
  services: Services,
  secret: string | null,
  given: PasskeyAnswer,
  browser: SigningBrowser,
): Promise<SignedIn> {
  await take(services, networkDoor(browser));
  const { row } = await waiting(services, services.db.read, stepBySecret, secret);
  const checked = await checkPasskey(services, purposeOf(row), given);
  if (checked.memberId !== row.member_id) throw new PliError("passkey_refused");
  return await services.db.write(async (tx) => {
    const signedIn = await finishStep(services, tx, secret, browser);
    await acceptPasskey(services, tx, checked);
    return signedIn;
  });
}

/** @throws `not_signed_in`, `wrong_code` {triesLeft}, `rate_limited` */
export async function stepByCode(
  services: Services,
  secret: string | null,
  given: FactorCode,
  browser: SigningBrowser,
): Promise<SignedIn> {
  await take(services, networkDoor(browser));
  // What is refused is returned, not thrown: a wrong try must stay counted.
  const outcome = await services.db.write(async (tx): Promise<SignedIn | PliError> => {
    const { row, member } = await waiting(services, tx, holdStep, secret);
    const due = await stepAfterLink(services, tx, member);
    if (due?.enrol === true) {
      // The first code of the app that was offered just now.
      if (given.kind !== "totp") return new PliError("wrong_code");
      await confirmOfferedTotp(services, tx, row.member_id, given.code);
    } else {
      const wrong = await proveCode(services, tx, row.member_id, { ...given, purpose: purposeOf(row) });
      if (wrong?.code === "wrong_code") {
        const triesLeft = await countWrongStep(tx, row.secret_sha256);
        return new PliError("wrong_code", { details: { triesLeft } });
      }
      if (wrong !== null) return wrong;
    }
    return await finishStep(services, tx, secret, browser);
  });
  if (outcome instanceof PliError) throw outcome;
  return outcome;
}

/** A code to the member's number, for this step alone. @throws `not_signed_in`, `conflict` {state} without a number, `sms_unavailable`, `rate_limited` */
export async function sendStepSms(services: Services, secret: string | null, network: string): Promise<FactorCodeSent> {
  const { row, member } = await waiting(services, services.db.read, stepBySecret, secret);
  const { number } = await factorState(services.db.read, member);
  if (number === null) throw new PliError("conflict", { details: { state: "no_factor" } });
  return await sendProofCode(services, { member, by: "sms", to: number, purpose: purposeOf(row), network });
}

export function purposeOf(row: SignInStepsTable): string {
  return `step ${row.secret_sha256}`;
}

export function networkDoor({ network }: SigningBrowser) {
  return { door: "second-step/network", key: network, limit: 120, windowSeconds: 900 };
}

export async function finishStep(
  services: Services,
  tx: Tx,
  secret: string | null,
  browser: SigningBrowser,
): Promise<SignedIn> {
  // Read again: of two that come at once, one finds it gone.
  const { row, member } = await waiting(services, tx, holdStep, secret);
  await deleteStep(tx, row.secret_sha256);
  return await openSession(tx, services.clock.now(), member, browser, { mailbox: true, factor: true });
}

/** The step that `secret` opens. @throws `not_signed_in` */
export async function waiting<On extends Reader>(
  services: Services,
  on: On,
  find: (on: On, secretSha256: string) => Promise<SignInStepsTable | undefined>,
  secret: string | null,
): Promise<{ readonly row: SignInStepsTable; readonly member: MembersTable }> {
  const row = secret === null ? undefined : await find(on, sha256Text(secret));
  if (row === undefined || row.expires_at_ms <= services.clock.now()) throw new PliError("not_signed_in");
  const member = await memberById(on, row.member_id);
  if (member === undefined) throw new PliError("not_signed_in");
  return { row, member };
}
