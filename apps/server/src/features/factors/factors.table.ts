/** Tables of what proves a person besides the mailbox (A1, A2). Nothing here signs in by itself when the database alone is stolen. */
export interface PasskeysTable {
  passkey_id: string;
  member_id: string;
  /** base64url */
  credential_id: string;
  /** COSE key, base64url */
  public_key: string;
  counter: number;
  /** JSON list of what the authenticator said. */
  transports: string;
  backup_eligible: number;
  backed_up: number;
  name: string;
  created_at_ms: number;
  last_used_at_ms: number | null;
}

export interface TotpFactorsTable {
  member_id: string;
  /** Sealed under a key outside the database. */
  secret: string;
  confirmed_at_ms: number | null;
  last_step: number;
  created_at_ms: number;
}

export interface RecoveryCodesTable {
  member_id: string;
  code_hmac: string;
  created_at_ms: number;
}

export interface SmsFactorsTable {
  member_id: string;
  /** E.164 */
  number: string;
  created_at_ms: number;
}

/** Codes that were sent to a member. */
export interface MemberCodesTable {
  member_id: string;
  code_hmac: string;
  expires_at_ms: number;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    passkeys: PasskeysTable;
    totp_factors: TotpFactorsTable;
    recovery_codes: RecoveryCodesTable;
    sms_factors: SmsFactorsTable;
    member_codes: MemberCodesTable;
  }
}
