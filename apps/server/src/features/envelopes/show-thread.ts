/** A message and what was said after it, as its sender sees it (M24). */
import type { Page, ThreadItem } from "@pli/core/wire";
import type { MemberCaller } from "../../http/caller.ts";
import type { Services } from "../../services.ts";
import { repliesWithheld } from "../factors/index.ts";
import { describePart, iso, replyKey } from "./describe.ts";
import { requireOwnMessage } from "./envelopes.policy.ts";
import { findEnvelope } from "./envelopes.queries.ts";
import { partsOfAll, sealsOfAll } from "./parts.queries.ts";
import { readersShown } from "./show-readers.ts";
import { readersOf, type ThreadCursor, threadOf } from "./threads.queries.ts";

export const THREAD_PAGE = 100;

/** @throws PliError `not_found` */
export async function showThread(
  services: Services,
  caller: MemberCaller,
  messageId: string,
  cursor: ThreadCursor,
): Promise<Page<ThreadItem>> {
  const on = services.db.read;
  const { memberId } = caller;
  requireOwnMessage(await findEnvelope(on, messageId), memberId);
  const page = { cursor, limit: THREAD_PAGE + 1, nowMs: services.clock.now() };
  // What answers a message is its sender's; still, nothing of another member is ever shown.
  const rows = (await threadOf(on, messageId, page)).filter((row) => row.member_id === memberId);
  const shown = rows.slice(0, THREAD_PAGE);
  const ids = shown.map((row) => row.envelope_id);
  const parts = await partsOfAll(on, ids);
  const seals = await sealsOfAll(on, ids);
  const readers = await readersOf(on, ids);
  const others = await readersShown(services, shown);
  const withheld = await repliesWithheld(services, caller);
  const items = shown.flatMap((row): readonly ThreadItem[] => {
    const { envelope_id: envelopeId, kind, from_grant_id, from_address, from_name } = row;
    if (kind === "message") return [];
    const name = from_name === null ? {} : { name: from_name };
    return [
      {
        envelopeId,
        kind,
        ...(from_address === null ? {} : { from: { address: from_address, ...name } }),
        grantIds: from_grant_id === null ? (readers.get(envelopeId) ?? []) : [from_grant_id],
        sentAt: iso(row.sent_at_ms ?? row.created_at_ms),
        read: kind === "answer" || row.read_at_ms !== null,
        sizeBytes: row.size_bytes,
        // What oneself said is no reply.
        ...replyKey(seals.get(envelopeId), kind === "reply" ? withheld : null),
        partList: (parts.get(envelopeId) ?? []).map(describePart),
        ...others(envelopeId),
      },
    ];
  });
  const last = shown.at(-1);
  if (rows.length <= THREAD_PAGE || last === undefined) return { items };
  return { items, next: `${last.sent_at_ms ?? 0}-${last.envelope_id}` };
}
