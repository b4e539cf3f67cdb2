/** SQL of the gauges: what waits, what is kept, who is signed in. Only counts and times leave it. */
import type { Reader } from "../../platform/database/index.ts";

export interface WaitingMails {
  readonly place: "due" | "later" | "leased";
  readonly mails: number;
  readonly oldestAtMs: number;
  readonly nextTryAtMs: number;
}

/** Mails that wait, by why they wait. Reads the waiting rows only. */
export async function waitingMails(on: Reader, nowMs: number): Promise<readonly WaitingMails[]> {
  const rows = await on
    .selectFrom("outbox")
    .select((is) => [
      is
        .case()
        .when("lease_until_ms", ">", nowMs)
        .then("leased" as const)
        .when("next_try_at_ms", "<=", nowMs)
        .then("due" as const)
        .else("later" as const)
        .end()
        .as("place"),
      is.fn.countAll().as("mails"),
      is.fn.min("created_at_ms").as("oldest"),
      is.fn.min("next_try_at_ms").as("next"),
    ])
    .where("state", "=", "waiting")
    .groupBy("place")
    .execute();
  return rows.map(({ place, mails, oldest, next }) => ({
    place,
    mails: Number(mails),
    oldestAtMs: Number(oldest),
    nextTryAtMs: Number(next),
  }));
}

export interface SessionCount {
  readonly kind: string;
  readonly sessions: number;
}

export async function validSessions(on: Reader, nowMs: number): Promise<readonly SessionCount[]> {
  const rows = await on
    .selectFrom("sessions")
    .select((is) => ["kind", is.fn.countAll().as("sessions")])
    .where((is) => is.or([is("expires_at_ms", "is", null), is("expires_at_ms", ">", nowMs)]))
    .groupBy("kind")
    .execute();
  return rows.map(({ kind, sessions }) => ({ kind, sessions: Number(sessions) }));
}

export interface EnvelopeCount {
  readonly kind: string;
  readonly state: string;
  readonly envelopes: number;
  /** Of those whose content is still there. */
  readonly keptBytes: number;
}

/** The next `count` envelopes after `afterId`, counted. `lastId` null: there are no more. */
export async function countEnvelopes(
  on: Reader,
  afterId: string,
  count: number,
): Promise<{ readonly counts: readonly EnvelopeCount[]; readonly lastId: string | null }> {
  const rows = await on
    .selectFrom(
      on
        .selectFrom("envelopes")
        .select(["envelope_id", "kind", "state", "content_gone", "size_bytes"])
        .where("envelope_id", ">", afterId)
        .orderBy("envelope_id")
        .limit(count)
        .as("page"),
    )
    .select((is) => [
      "kind",
      "state",
      is.fn.countAll().as("envelopes"),
      is.fn.sum(is.case().when("content_gone", "=", 0).then(is.ref("size_bytes")).else(0).end()).as("kept"),
      is.fn.max("envelope_id").as("last"),
    ])
    .groupBy(["kind", "state"])
    .execute();
  let read = 0;
  let lastId = "";
  const counts = rows.map(({ kind, state, envelopes, kept, last }) => {
    read += Number(envelopes);
    if (last > lastId) lastId = last;
    return { kind, state, envelopes: Number(envelopes), keptBytes: Number(kept) };
  });
  return { counts, lastId: read < count ? null : lastId };
}
