/**
 * Asking for a sign-in link (A1). Does the same work, and answers the same, whether the address is a member's or not: the one
 * difference is the state of the outbox row (Q8: no oracle).
 */
import { randomBytes, randomInt } from "node:crypto";
import { PliError } from "@pli/core/errors";
import { type Language, LIMITS } from "@pli/core/wire";
import type { Tx } from "../../platform/database/index.ts";
import type { Services } from "../../services.ts";
import { type Limit, secondsToWait, takeIn } from "../limits/index.ts";
import { enqueue, enqueueForNobody } from "../notifications/index.ts";
import { sha256Text } from "./caller.ts";
import { recogniseBrowser } from "./known-browser.ts";
import { firstOrganisation, memberByAddress } from "./members.queries.ts";
import { ROBOT_CHECK_SECONDS, solvedChallenge } from "./robot-check.ts";
import { insertLink } from "./sign-in.queries.ts";

export const SIGN_IN_COOKIE = "__Host-pli-sign-in";
export const CHECK_TRIES = 5;
const LINK_MS = LIMITS.signInLinkMinutes * 60_000;
/** No letter or digit that looks like another one. */
const CHECK_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const CHECK_CHARACTERS = 4;

export interface AskedLink {
  readonly check: string;
  readonly expiresAtMs: number;
  /** 32 bytes, base64url: the cookie that binds the link to this browser. */
  readonly browserSecret: string;
}

/**
 * @param network the caller's network, as limits count it
 * @throws `robot_check_failed`, `rate_limited`
 */
export async function askSignInLink(
  services: Services,
  request: {
    readonly address: string;
    readonly language: Language;
    readonly robotCheck: string;
    readonly network: string;
    /** Value of the cookie of a browser that has signed in before. */
    readonly knownCookie: string | null;
  },
): Promise<AskedLink> {
  const challenge = await solvedChallenge(services, request.robotCheck);
  if (challenge === null) throw new PliError("robot_check_failed");
  const nowMs = services.clock.now();
  const address = request.address.trim().toLowerCase();
  const known = recogniseBrowser(services, request.knownCookie, address);
  const limits = known === null ? doors(address, request.network) : [ownDoor(known)];
  const token = randomBytes(32).toString("base64url");
  const asked: AskedLink = {
    check: newCheck(),
    expiresAtMs: nowMs + LINK_MS,
    browserSecret: randomBytes(32).toString("base64url"),
  };

  const refused = await services.db.write(async (tx): Promise<Limit | "robot" | null> => {
    const once = { door: "robot-check", key: challenge, limit: 1, windowSeconds: ROBOT_CHECK_SECONDS };
    if (!(await takeIn(tx, nowMs, once))) return "robot";
    for (const limit of limits) if (!(await takeIn(tx, nowMs, limit))) return limit;
    await order(services, tx, { address, language: request.language, token, asked });
    return null;
  });
  if (refused === "robot") throw new PliError("robot_check_failed");
  if (refused !== null) {
    const retryAfterSeconds = Math.max(1, await secondsToWait(services.db.read, nowMs, refused));
    throw new PliError("rate_limited", { details: { retryAfterSeconds } });
  }
  return asked;
}

/** Generous for people behind one address, and each turn costs a proof of work: this is against floods of mails. */
function doors(address: string, network: string): readonly Limit[] {
  return [
    { door: "sign-in-link/network", key: network, limit: 120, windowSeconds: 900 },
    { door: "sign-in-link/address-network", key: `${address} ${network}`, limit: 10, windowSeconds: 900 },
    { door: "sign-in-link/address", key: address, limit: 30, windowSeconds: 3600 },
  ];
}

/** Of a browser that this member has signed in with: what others do at the doors of everybody does not shut it. */
function ownDoor(known: string): Limit {
  return { door: "sign-in-link/known", key: known, limit: 10, windowSeconds: 900 };
}

async function order(
  services: Services,
  tx: Tx,
  link: { readonly address: string; readonly language: Language; readonly token: string; readonly asked: AskedLink },
): Promise<void> {
  const { address, language, token, asked } = link;
  const member = await memberByAddress(tx, address);
  const organisation = await firstOrganisation(tx);
  await insertLink(tx, {
    token_sha256: sha256Text(token),
    member_id: member?.member_id ?? null,
    browser_sha256: sha256Text(asked.browserSecret),
    check_sha256: sha256Text(token + asked.check),
    tries_left: CHECK_TRIES,
    expires_at_ms: asked.expiresAtMs,
  });
  const send = member === undefined ? enqueueForNobody : enqueue;
  await send(services, tx, {
    kind: "sign_in",
    to: address,
    language,
    organisationId: member?.organisation_id ?? organisation?.organisation_id ?? "",
    giveUpAtMs: asked.expiresAtMs,
    facts: { memberName: member?.name ?? "", minutes: LIMITS.signInLinkMinutes },
    linkSecret: token,
  });
}

function newCheck(): string {
  let check = "";
  for (let i = 0; i < CHECK_CHARACTERS; i++) check += CHECK_ALPHABET[randomInt(CHECK_ALPHABET.length)];
  return check;
}
