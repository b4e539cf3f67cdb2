/** SQL of lists: the sent list with its filters (M20), the inbox (M25). By keyset, newest first. */
import type { EnvelopeState } from "@pli/core/wire";
import { type Expression, type SqlBool, sql } from "kysely";
import { idTime, type Reader } from "../../platform/database/index.ts";
import type { EnvelopesTable, GrantsTable } from "./envelopes.table.ts";

export interface ListFilter {
  readonly state?: EnvelopeState;
  /** Part of an address or name. */
  readonly recipient?: string;
  readonly reference?: string;
  /** Part of an address, a name or the reference. */
  readonly q?: string;
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly cursor?: string;
  readonly limit: number;
}

/**
 * Whether a column holds what a person typed, in whatever case. `%` and `_` mean themselves: the escaping character is named, since SQLite
 * has none by itself.
 */
function holds(column: Expression<string | null>, text: string): Expression<SqlBool> {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  return sql<SqlBool>`lower(${column}) like ${pattern} escape '\\'`;
}

/** Messages of a member. Of `sending` this gives the candidates: only the outbox knows. */
export async function listMessages(
  on: Reader,
  memberId: string,
  filter: ListFilter,
  nowMs: number,
): Promise<readonly EnvelopesTable[]> {
  const { state, recipient, reference, q, fromMs, toMs, cursor } = filter;
  let query = on
    .selectFrom("envelopes")
    .selectAll()
    .where("member_id", "=", memberId)
    .where("kind", "=", "message")
    .orderBy("envelope_id", "desc")
    .limit(filter.limit);
  if (cursor !== undefined) query = query.where("envelope_id", "<", cursor);
  // Ids are in the order of time, and the list in the order of ids.
  if (fromMs !== undefined) query = query.where("envelope_id", ">=", idTime(fromMs));
  if (toMs !== undefined) query = query.where("envelope_id", "<", idTime(toMs));
  if (reference !== undefined) {
    query = query.where((is) => holds(is.ref("reference"), reference));
  }
  for (const text of [recipient, q]) {
    if (text === undefined) continue;
    query = query.where((is) => {
      const named = is.exists(
        is
          .selectFrom("grants")
          .select("grant_id")
          .whereRef("grants.envelope_id", "=", "envelopes.envelope_id")
          .where((one) => one.or([holds(one.ref("grants.address"), text), holds(one.ref("grants.name"), text)]))
          // One message's grants at a time: without an offset PostgreSQL looks through those of everybody, once for all.
          .limit(1)
          .offset(0),
      );
      if (text !== q) return named;
      return is.or([named, holds(is.ref("reference"), text)]);
    });
  }
  if (state === "draft" || state === "revoked" || state === "destroyed") query = query.where("state", "=", state);
  if (state === "expired") {
    query = query.where((is) =>
      is.or([is("state", "=", "expired"), is.and([is("state", "=", "sent"), is("expires_at_ms", "<=", nowMs)])]),
    );
  }
  if (state === "sending" || state === "sent" || state === "partly_opened" || state === "opened") {
    query = query.where("state", "=", "sent").where("expires_at_ms", ">", nowMs);
  }
  if (state === "sending" || state === "sent") query = query.where("opened_count", "=", 0);
  if (state === "opened") query = query.whereRef("opened_count", ">=", "recipients_count");
  if (state === "partly_opened") {
    query = query.where("opened_count", ">", 0).whereRef("opened_count", "<", "recipients_count");
  }
  return await query.execute();
}

/** Grants of several envelopes, in their order. */
export async function recipientsOf(
  on: Reader,
  envelopeIds: readonly string[],
): Promise<readonly Pick<GrantsTable, "envelope_id" | "grant_id" | "address" | "name" | "type">[]> {
  if (envelopeIds.length === 0) return [];
  return await on
    .selectFrom("grants")
    .select(["envelope_id", "grant_id", "address", "name", "type"])
    .where("envelope_id", "in", envelopeIds)
    .orderBy("envelope_id")
    .orderBy("position")
    .execute();
}

/** The condition of a partial index, in the words of the migration. */
const IN_AN_INBOX = sql<SqlBool>`kind = 'reply' and state = 'sent'`;

export interface InboxFilter {
  /** Those alone that were not read yet. */
  readonly unread: boolean;
  /** Part of the address or the name of who wrote it. */
  readonly q?: string;
}

export async function listInbox(
  on: Reader,
  memberId: string,
  page: InboxFilter & { readonly cursor: string | null; readonly limit: number; readonly nowMs: number },
): Promise<readonly EnvelopesTable[]> {
  const { cursor, limit, nowMs, unread, q } = page;
  let query = on
    .selectFrom("envelopes")
    .selectAll()
    .where("member_id", "=", memberId)
    .where(IN_AN_INBOX)
    .where("expires_at_ms", ">", nowMs)
    .orderBy("sent_at_ms", "desc")
    .orderBy("envelope_id", "desc")
    .limit(limit);
  if (unread) query = query.where("read_at_ms", "is", null);
  if (q !== undefined) {
    query = query.where((is) => is.or([holds(is.ref("from_address"), q), holds(is.ref("from_name"), q)]));
  }
  if (cursor !== null) {
    const [sentAtMs = "", envelopeId = ""] = cursor.split("-");
    query = query.where((is) =>
      is.or([
        is("sent_at_ms", "<", Number(sentAtMs)),
        is.and([is("sent_at_ms", "=", Number(sentAtMs)), is("envelope_id", "<", envelopeId)]),
      ]),
    );
  }
  return await query.execute();
}
