/** Tables of the accounts: who is a member, who is signed in, who asked to sign in. Secrets are kept as SHA-256 only. */
import type { Language, NotifyMe, Role } from "@pli/core/wire";

export interface OrganisationsTable {
  organisation_id: string;
  name: string;
  created_at_ms: number;
}

export interface MembersTable {
  member_id: string;
  organisation_id: string;
  entity_id: string | null;
  /** Lower case: one mailbox, one member. */
  address: string;
  /** Empty until the member has said who they are. */
  name: string;
  role: Role;
  time_zone: string;
  language: Language;
  /** JSON of StoredDefaults; what is absent has the product's default. */
  defaults: string;
  created_at_ms: number;
}
export interface StoredDefaults {
  readonly openings?: number;
  readonly openingsWithFactor?: number;
  readonly expiryHours?: number;
  readonly recipientLanguage?: Language;
  readonly notify?: NotifyMe;
}

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
    organisations: OrganisationsTable;
    members: MembersTable;
    sessions: SessionsTable;
    sign_in_links: SignInLinksTable;
  }
}
