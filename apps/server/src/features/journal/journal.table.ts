/** The append-only record of what happened to an envelope. Rows are never changed or deleted. */
import type { DeliveryReason, RegisterEvent } from "@pli/core/wire";

export interface JournalTable {
  envelope_id: string;
  /** Time-ordered. */
  entry_id: string;
  organisation_id: string;
  at_ms: number;
  event: RegisterEvent;
  grant_id: string | null;
  /** JSON of JournalFacts; null when there are none. */
  facts: string | null;
}

/** Facts beside an event: never content, never a secret, never a full network address. */
export interface JournalFacts {
  readonly openingsLeft?: number;
  readonly triesLeft?: number;
  readonly codeReference?: string;
  readonly network?: string;
  readonly agent?: string;
  readonly machine?: boolean;
  /** Of `sent`: Z16. */
  readonly commitment?: string;
  readonly sizeBytes?: number;
  readonly parts?: number;
  readonly recipients?: number;
  /** Absent where the whole message was sealed. */
  readonly protect?: "attachments";
  /** Of a refusal: the error code. */
  readonly reason?: string;
  /** Of a notification that is delayed or failed. */
  readonly reasonCode?: DeliveryReason;
  readonly statusCode?: string;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    journal: JournalTable;
  }
}
