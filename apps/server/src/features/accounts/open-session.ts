/** A session for a browser, whichever way the member proved who they are. */
import { randomBytes } from "node:crypto";
import { newId, type Tx } from "../../platform/database/index.ts";
import type { MembersTable } from "../organisations/organisations.table.ts";
import { SESSION_IDLE_MS, sha256Text } from "./caller.ts";
import { deleteSessionBySecret, insertSession } from "./sessions.queries.ts";

/** The browser that signs in. */
export interface SigningBrowser {
  /** Session that this browser had so far: ended, so that one browser is one line in the list. */
  readonly sessionSecret: string | null;
  /** "Firefox, Android" */
  readonly agent: string;
  /** As limits count it. */
  readonly network: string;
}

export interface SignedIn {
  readonly memberId: string;
  /** 32 bytes, base64url: the session cookie. */
  readonly sessionSecret: string;
  /** The session that this browser had so far, now ended: whoever serves it for longer than a request is to be told. */
  readonly endedSessionId: string | null;
}

/** What was shown just now. */
export interface Shown {
  readonly mailbox: boolean;
  readonly factor: boolean;
}

export async function openSession(
  tx: Tx,
  nowMs: number,
  member: Pick<MembersTable, "member_id" | "organisation_id">,
  browser: SigningBrowser,
  shown: Shown,
): Promise<SignedIn> {
  const sessionSecret = randomBytes(32).toString("base64url");
  const before = browser.sessionSecret;
  const endedSessionId = before === null ? null : await deleteSessionBySecret(tx, sha256Text(before));
  await insertSession(tx, {
    secret_sha256: sha256Text(sessionSecret),
    session_id: newId(nowMs),
    member_id: member.member_id,
    organisation_id: member.organisation_id,
    kind: "browser",
    name: browser.agent,
    created_at_ms: nowMs,
    last_seen_at_ms: nowMs,
    expires_at_ms: nowMs + SESSION_IDLE_MS,
    confirmed_at_ms: shown.factor ? nowMs : null,
    mailbox_at_ms: shown.mailbox ? nowMs : null,
  });
  return { memberId: member.member_id, sessionSecret, endedSessionId };
}
