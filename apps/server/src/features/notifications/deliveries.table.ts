/** What became of a mail where that is more than "accepted": one row a mail, the latest word on it. */
import type { DeliveryReason } from "@pli/core/wire";

export type DeliveryState = "delayed" | "delivered" | "failed";

export interface MailDeliveriesTable {
  mail_id: string;
  /** `relay`: what our relay answered to us; `report`: what a server behind it wrote back (RFC 3464). */
  source: "relay" | "report";
  state: DeliveryState;
  reason_code: DeliveryReason;
  /** RFC 3463. */
  status_code: string | null;
  /** The server's words, one line. */
  reason: string | null;
  at_ms: number;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    mail_deliveries: MailDeliveriesTable;
  }
}
