/** SQL of sessions and API tokens. */
import type { Role } from "@pli/core/wire";
import { type Db, deleteBefore, preparedRead, type Reader, type Tx } from "../../platform/database/index.ts";
import type { SessionsTable } from "./accounts.table.ts";

export interface SessionOfCaller {
  readonly session_id: string;
  readonly member_id: string;
  readonly organisation_id: string;
  readonly role: Role;
  readonly kind: "browser" | "token";
  readonly last_seen_at_ms: number;
  readonly expires_at_ms: number | null;
  readonly confirmed_at_ms: number | null;
  readonly mailbox_at_ms: number | null;
}

/** A session or token; nothing was shown in it unless it says when. */
type Shown = "confirmed_at_ms" | "mailbox_at_ms";
export type NewSession = Omit<SessionsTable, Shown> & Partial<Pick<SessionsTable, Shown>>;

/** The session whose secret hashes to `secretSha256`, with its member's role. On every signed-in request: one key look-up. */
export const sessionOfSecret = preparedRead<{ secretSha256: string }, SessionOfCaller>((db, values) =>
  db
    .selectFrom("sessions")
    .innerJoin("members", "members.member_id", "sessions.member_id")
    .select([
      "sessions.session_id",
      "sessions.member_id",
      "sessions.organisation_id",
      "members.role",
      "sessions.kind",
      "sessions.last_seen_at_ms",
      "sessions.expires_at_ms",
      "sessions.confirmed_at_ms",
      "sessions.mailbox_at_ms",
    ])
    .where("sessions.secret_sha256", "=", values.secretSha256),
);

export async function insertSession(tx: Tx, row: NewSession): Promise<void> {
  await tx.insertInto("sessions").values(row).execute();
}

/** Notes that the session is in use. A session revoked meanwhile stays revoked. */
export async function touchSession(
  tx: Tx,
  sessionId: string,
  nowMs: number,
  expiresAtMs: number | null,
): Promise<void> {
  await tx
    .updateTable("sessions")
    .set({ last_seen_at_ms: nowMs, expires_at_ms: expiresAtMs })
    .where("session_id", "=", sessionId)
    .execute();
}

export async function sessionsOfMember(on: Reader, memberId: string, nowMs: number): Promise<readonly SessionsTable[]> {
  return await on
    .selectFrom("sessions")
    .selectAll()
    .where("member_id", "=", memberId)
    .where((is) => is.or([is("expires_at_ms", "is", null), is("expires_at_ms", ">", nowMs)]))
    .orderBy("last_seen_at_ms", "desc")
    .orderBy("session_id", "desc")
    .execute();
}

/** @returns whether there was such a session of this member */
export async function deleteSession(tx: Tx, memberId: string, sessionId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("sessions")
    .where("member_id", "=", memberId)
    .where("session_id", "=", sessionId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function deleteEndedSessions(db: Db, nowMs: number): Promise<void> {
  await deleteBefore(db, "sessions", "expires_at_ms", nowMs + 1);
}

/** @returns the session's id; null when there was none */
export async function deleteSessionBySecret(tx: Tx, secretSha256: string): Promise<string | null> {
  const deleted = await tx
    .deleteFrom("sessions")
    .where("secret_sha256", "=", secretSha256)
    .where("kind", "=", "browser")
    .returning("session_id")
    .executeTakeFirst();
  return deleted?.session_id ?? null;
}
