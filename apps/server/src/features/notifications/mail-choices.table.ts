/** Kinds of mail that a member does not want any more. No row: they do. */
export interface MailChoicesTable {
  member_id: string;
  kind: string;
  off_at_ms: number;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    mail_choices: MailChoicesTable;
  }
}
