/** SQL of a member's figures: what their envelopes say, by the index of a member's envelopes. */
import { idTime, type Reader } from "../../platform/database/index.ts";

export interface UsageRow {
  readonly messages: number;
  readonly recipients: number;
  readonly sizeBytes: number;
  readonly replies: number;
}

type Figure = number | string | null;

/** What was sent by a member, or came back to them, from `fromMs` to before `untilMs`. @param draftMs how long before a message may have been begun */
export async function usageBetween(
  on: Reader,
  memberId: string,
  { fromMs, untilMs, draftMs }: { readonly fromMs: number; readonly untilMs: number; readonly draftMs: number },
): Promise<UsageRow> {
  const row = await on
    .selectFrom("envelopes")
    .select((is) => [
      is.fn.countAll<number | string>().filterWhere("kind", "=", "message").as("messages"),
      is.fn.sum<Figure>("recipients_count").filterWhere("kind", "=", "message").as("recipients"),
      is.fn.sum<Figure>("size_bytes").filterWhere("kind", "=", "message").as("size_bytes"),
      is.fn.countAll<number | string>().filterWhere("kind", "=", "reply").as("replies"),
    ])
    .where("member_id", "=", memberId)
    .where("envelope_id", ">=", idTime(fromMs - draftMs))
    .where("envelope_id", "<", idTime(untilMs))
    .where("sent_at_ms", ">=", fromMs)
    .where("sent_at_ms", "<", untilMs)
    .executeTakeFirst();
  return {
    messages: Number(row?.messages ?? 0),
    recipients: Number(row?.recipients ?? 0),
    sizeBytes: Number(row?.size_bytes ?? 0),
    replies: Number(row?.replies ?? 0),
  };
}
