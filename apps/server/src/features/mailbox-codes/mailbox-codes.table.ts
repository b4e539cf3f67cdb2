/** Mailbox codes (M13): live per address, not per grant. Addresses are in lower case, codes as HMAC only. Of codes by SMS (M4) the address
 * is the number in E.164: no mail address begins with + and has no @. */
export interface MailboxCodesTable {
  address: string;
  code_id: string;
  code_hmac: string;
  reference: string;
  sent_at_ms: number;
  expires_at_ms: number;
}
export interface MailboxTriesTable {
  address: string;
  device_sha256: string;
  tries: number;
  until_ms: number;
}
export interface MailboxProofsTable {
  device_sha256: string;
  address: string;
  until_ms: number;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    mailbox_codes: MailboxCodesTable;
    mailbox_tries: MailboxTriesTable;
    mailbox_proofs: MailboxProofsTable;
  }
}
