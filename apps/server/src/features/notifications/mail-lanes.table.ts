/** Ways to a receiving domain that all nodes share: a row is one way, and one delivery at a time goes on it. */
export interface MailLanesTable {
  domain: string;
  lane: number;
  owner: string | null;
  /** Taken until then; after a delivery, until the next one may begin. */
  until_ms: number;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    mail_lanes: MailLanesTable;
  }
}
