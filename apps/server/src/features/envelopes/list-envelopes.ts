/** The sent list (M20) and the inbox. */
import type { EnvelopeListItem, InboxItem, Page } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import type { Services } from "../../services.ts";
import { repliesWithheld } from "../factors/index.ts";
import { notificationStates } from "../notifications/index.ts";
import { describeInboxItem, describeListItem } from "./describe.ts";
import { type InboxFilter, type ListFilter, listInbox, listMessages, recipientsOf } from "./list.queries.ts";
import { partsOfAll, sealsOfAll } from "./parts.queries.ts";
import { readersShown } from "./show-readers.ts";

export type { ListFilter };

/**
 * A page of the member's messages, newest first. With the state `sending` or `sent` a page may hold fewer than `limit`: only
 * the outbox tells the two apart.
 */
export async function listEnvelopes(
  services: Services,
  memberId: string,
  filter: ListFilter,
): Promise<Page<EnvelopeListItem>> {
  const nowMs = services.clock.now();
  const on = services.db.read;
  const rows = await listMessages(on, memberId, { ...filter, limit: filter.limit + 1 }, nowMs);
  const shown = rows.slice(0, filter.limit);
  const recipients = Map.groupBy(
    await recipientsOf(
      on,
      shown.map((row) => row.envelope_id),
    ),
    (grant) => grant.envelope_id,
  );
  const unopened = shown.filter((row) => row.state === "sent" && row.opened_count === 0);
  const ids = unopened.flatMap((row) => (recipients.get(row.envelope_id) ?? []).map((grant) => grant.grant_id));
  const notifications = await notificationStates(on, ids);
  const seals = await sealsOfAll(
    on,
    shown.map((row) => row.envelope_id),
  );
  const items = shown.map((row) => {
    const grants = recipients.get(row.envelope_id) ?? [];
    const pending = grants.some((grant) => {
      const state = notifications.get(grant.grant_id)?.state;
      return state === "held" || state === "waiting" || state === "delayed";
    });
    return describeListItem(row, grants, seals.get(row.envelope_id) ?? null, nowMs, pending);
  });
  const wanted = filter.state === undefined ? items : items.filter((item) => item.state === filter.state);
  const last = shown.at(-1);
  return rows.length > filter.limit && last !== undefined
    ? { items: wanted, next: last.envelope_id }
    : { items: wanted };
}

const INBOX_PAGE = 50;

export async function readInbox(
  services: Services,
  caller: MemberCaller,
  cursor: string | null,
  filter: InboxFilter,
): Promise<Page<InboxItem>> {
  const on = services.db.read;
  const withheld = await repliesWithheld(services, caller);
  const rows = await listInbox(on, caller.memberId, {
    ...filter,
    cursor,
    limit: INBOX_PAGE + 1,
    nowMs: services.clock.now(),
  });
  const shown = rows.slice(0, INBOX_PAGE);
  const ids = shown.map((row) => row.envelope_id);
  const parts = await partsOfAll(on, ids);
  const seals = await sealsOfAll(on, ids);
  const readers = await readersShown(services, shown);
  const items = shown.map((row) => ({
    ...describeInboxItem(row, parts.get(row.envelope_id) ?? [], seals.get(row.envelope_id), withheld),
    ...readers(row.envelope_id),
  }));
  const last = shown.at(-1);
  if (rows.length <= INBOX_PAGE || last === undefined) return { items };
  return { items, next: `${last.sent_at_ms ?? 0}-${last.envelope_id}` };
}
