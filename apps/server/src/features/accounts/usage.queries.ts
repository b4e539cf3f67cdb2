/** SQL of a member's figures: what their envelopes say, by the index of a member's envelopes. */
import { idTime, type Reader } from "../../platform/database/index.ts";

export interface UsageRow {
  readonly kind: string;
  readonly count: number;
  readonly recipients: number;
  readonly size_bytes: number;
}

/** What was sent by a member, or came back to them, from `fromMs` to before `untilMs`. @param draftMs how long before a message may have been begun */
export async function usageBetween(
  on: Reader,
  memberId: string,
  { fromMs, untilMs, draftMs }: { readonly fromMs: number; readonly untilMs: number; readonly draftMs: number },
): Promise<readonly UsageRow[]> {
  const rows = await on
    .selectFrom("envelopes")
    .select((is) => [
      "kind",
      is.fn.countAll<number | string>().as("count"),
      is.fn.sum<number | string | null>("recipients_count").as("recipients"),
      is.fn.sum<number | string | null>("size_bytes").as("size_bytes"),
    ])
    .where("member_id", "=", memberId)
    .where("envelope_id", ">=", idTime(fromMs - draftMs))
    .where("envelope_id", "<", idTime(untilMs))
    .where("sent_at_ms", ">=", fromMs)
    .where("sent_at_ms", "<", untilMs)
    .groupBy("kind")
    .execute();
  return rows.map(({ kind, count, recipients, size_bytes }) => ({
    kind,
    count: Number(count),
    recipients: Number(recipients ?? 0),
    size_bytes: Number(size_bytes ?? 0),
  }));
}
