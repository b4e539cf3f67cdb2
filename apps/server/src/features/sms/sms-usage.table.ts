/** SMS that were ordered by a member, or asked for from their recipients' pages. */
export interface SmsUsageTable {
  member_id: string;
  /** "2026-11", UTC. */
  month: string;
  count: number;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    sms_usage: SmsUsageTable;
  }
}
