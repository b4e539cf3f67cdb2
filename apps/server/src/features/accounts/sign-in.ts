/**
 * Signing in with a link (A1): in the browser that asked at once; in another one only with the check which the asking page
 * shows, so that a link caught or passed on is worth nothing. A link works once.
 */
import { randomBytes } from "node:crypto";
import { equalBytes, utf8 } from "@pli/core/bytes";
import { PliError } from "@pli/core/errors";
import { LIMITS } from "@pli/core/wire";
import type { Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { take } from "../limits/index.ts";
import { memberById } from "../organisations/index.ts";
import type { SignInLinksTable } from "./accounts.table.ts";
import { CHECK_TRIES } from "./ask-sign-in-link.ts";
import { sha256Text } from "./caller.ts";
import { beginStep, type WaitingStep } from "./make-second-step.ts";
import { openSession, type SignedIn, type SigningBrowser } from "./open-session.ts";
import { countWrongCheck, holdLink, insertLink, useLink } from "./sign-in.queries.ts";

export interface SignInAttempt extends SigningBrowser {
  readonly token: string;
  readonly check: string | undefined;
  /** Value of the cookie that the asking browser got. */
  readonly browserSecret: string | null;
}

type Refused = { readonly refused: "sign_in_link_invalid" | "confirmation_required" } | { readonly triesLeft: number };

/**
 * @returns a session, or the second step that is due before there is one
 * @throws `sign_in_link_invalid`, `confirmation_required`, `confirmation_wrong` {triesLeft}, `rate_limited`
 */
export async function signIn(services: Services, attempt: SignInAttempt): Promise<SignedIn | WaitingStep> {
  await take(services, { door: "sign-in/network", key: attempt.network, limit: 300, windowSeconds: 900 });
  const nowMs = services.clock.now();
  // What is refused is returned, not thrown: a wrong check must stay counted.
  const outcome = await services.db.write(async (tx): Promise<Refused | SignedIn | WaitingStep> => {
    const link = await holdLink(tx, sha256Text(attempt.token));
    const judged = await judge(tx, link, attempt, nowMs);
    if (!("memberOf" in judged)) return judged;
    const member = await memberById(tx, judged.memberOf);
    if (member === undefined) return { refused: "sign_in_link_invalid" };
    const step = await beginStep(services, tx, member);
    return step ?? (await openSession(tx, nowMs, member, attempt, { mailbox: true, factor: false }));
  });
  if ("refused" in outcome) throw new PliError(outcome.refused);
  if ("triesLeft" in outcome) {
    if (outcome.triesLeft === 0) throw new PliError("sign_in_link_invalid");
    throw new PliError("confirmation_wrong", { details: { triesLeft: outcome.triesLeft } });
  }
  return outcome;
}

async function judge(
  tx: Tx,
  link: SignInLinksTable | undefined,
  attempt: SignInAttempt,
  nowMs: number,
): Promise<{ readonly memberOf: string } | Refused> {
  const invalid = { refused: "sign_in_link_invalid" } as const;
  if (link === undefined || link.member_id === null || link.expires_at_ms <= nowMs) return invalid;
  const sameBrowser =
    link.browser_sha256 === null ||
    (attempt.browserSecret !== null && sameText(link.browser_sha256, sha256Text(attempt.browserSecret)));
  if (!sameBrowser) {
    if (attempt.check === undefined) return { refused: "confirmation_required" };
    const check = attempt.check.replace(/[\s-]/g, "").toUpperCase();
    const right = link.check_sha256 !== null && sameText(link.check_sha256, sha256Text(attempt.token + check));
    if (!right) return { triesLeft: await countWrongCheck(tx, link.token_sha256) };
  }
  return (await useLink(tx, link.token_sha256)) ? { memberOf: link.member_id } : invalid;
}

/**
 * A link for the operator's own terminal, bound to no browser: for the first owner, and when mail does not work.
 * @returns the address to open; its fragment is the secret
 */
export async function createOperatorLink(
  services: Pick<Services, "db" | "clock">,
  memberId: string,
  origin: string,
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await services.db.write((tx) =>
    insertLink(tx, {
      token_sha256: sha256Text(token),
      member_id: memberId,
      browser_sha256: null,
      check_sha256: null,
      tries_left: CHECK_TRIES,
      expires_at_ms: services.clock.now() + LIMITS.signInLinkMinutes * 60_000,
    }),
  );
  return signInUrl(origin, token);
}

/** The page that signs in; the token is in the fragment, which browsers never send. */
export function signInUrl(origin: string, token: string): string {
  return `${origin}/app/sign-in#${token}`;
}

function sameText(a: string, b: string): boolean {
  return equalBytes(utf8(a), utf8(b));
}
