/**
 * Name and address of a sender as recipients see them, kept in memory for a second: a message to many is looked at by many in
 * the same minute, and a changed name is soon enough seen a second later. Nothing that decides a right comes from here.
 */
import { PliError } from "@pli/core/errors";
import type { Services } from "../../services.ts";
import { type GrantsTable, memberOf, type PartyRow, writerOf } from "../envelopes/index.ts";

const KEPT_MS = 1000;
const KEPT_MAX = 10_000;

const views = new WeakMap<Services["db"], Map<string, { readonly view: PartyRow; readonly untilMs: number }>>();

/** @throws PliError `not_found` */
export async function senderView(services: Services, memberId: string): Promise<PartyRow> {
  let kept = views.get(services.db);
  if (kept === undefined) {
    kept = new Map();
    views.set(services.db, kept);
  }
  const nowMs = services.clock.now();
  const known = kept.get(memberId);
  // A clock that was set back must not keep it for longer either.
  if (known !== undefined && known.untilMs > nowMs && known.untilMs - nowMs <= KEPT_MS) return known.view;
  const [view] = await memberOf(services.db.read, { memberId });
  if (view === undefined) throw new PliError("not_found");
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(memberId, { view, untilMs: nowMs + KEPT_MS });
  return view;
}

/** Who wrote what a grant opens, where that is no member: of a reply to all. Null of a message. @throws PliError `not_found` */
export async function writerView(
  { db }: Services,
  grant: Pick<GrantsTable, "grant_id" | "of_grant_id">,
): Promise<{ readonly name: string; readonly address: string } | null> {
  if (grant.of_grant_id === null) return null;
  const [writer] = await writerOf(db.read, { grantId: grant.grant_id });
  if (writer === undefined) throw new PliError("not_found");
  return { name: writer.name ?? writer.address, address: writer.address };
}
