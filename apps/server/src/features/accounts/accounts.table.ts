/** Tables of the accounts: who is signed in, who asked to sign in. Secrets are kept as SHA-256 only. */
export interface SessionsTable {
  secret_sha256: string;
  session_id: string;
  member_id: string;
  organisation_id: string;
  kind: "browser" | "token";
  name: string;
  created_at_ms: number;
  last_seen_at_ms: number;
  expires_at_ms: number | null;
  /** When a second factor was last shown in it: at the sign-in, or asked for again. */
  confirmed_at_ms: number | null;
  /** When the mailbox was last shown in it: by the link that signed in, or by a code since. */
  mailbox_at_ms: number | null;
}

/** A sign-in that waits for its second step. */
export interface SignInStepsTable {
  secret_sha256: string;
  member_id: string;
  tries_left: number;
  expires_at_ms: number;
}

export interface SignInLinksTable {
  token_sha256: string;
  member_id: string | null;
  browser_sha256: string | null;
  /** SHA-256 of token and check: not to be guessed from the database alone. */
  check_sha256: string | null;
  tries_left: number;
  expires_at_ms: number;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    sessions: SessionsTable;
    sign_in_links: SignInLinksTable;
    sign_in_steps: SignInStepsTable;
  }
}
