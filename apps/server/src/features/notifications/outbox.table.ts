/** The outbox: every mail from the transaction that ordered it to the answer of the next server. */
import type { Language } from "@pli/core/wire";
import type { MailKind } from "@pli/texts/mail";
import type { SmsKind } from "@pli/texts/sms";

export type OutboxState = "waiting" | "accepted" | "failed" | "cancelled";

/** By what it goes: mail, or SMS to a number in E.164. */
export type ChannelName = "mail" | "sms";

export interface OutboxTable {
  mail_id: string;
  organisation_id: string;
  channel: ChannelName;
  kind: MailKind | SmsKind;
  state: OutboxState;
  /** A mail address; a number. */
  address: string;
  language: Language;
  envelope_id: string | null;
  grant_id: string | null;
  /** JSON of the kind's MailFacts or SmsFacts. */
  facts: string;
  /** Sealed by outbox-secret.ts. Null as soon as it is not needed any more. */
  secret: string | null;
  created_at_ms: number;
  /** Not before; after a try, when to try again. */
  next_try_at_ms: number;
  give_up_at_ms: number;
  tries: number;
  lease_owner: string | null;
  lease_until_ms: number;
  ended_at_ms: number | null;
  reason: string | null;
  /** Of the request or the job's run that ordered it: its id, and its span where somebody traces. */
  request_id: string | null;
  traceparent: string | null;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    outbox: OutboxTable;
  }
}
