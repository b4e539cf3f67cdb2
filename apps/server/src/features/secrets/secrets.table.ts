/** One-time secrets. The text and its key are sealed; who may reveal it is not known here. */
import type { SecretState } from "@pli/core/wire";

export interface SecretsTable {
  secret_id: string;
  organisation_id: string;
  member_id: string;
  state: SecretState;
  verifier_sha256: string;
  /** Null once it has ended. */
  wrapped_key: string | null;
  content: Uint8Array | null;
  /** JSON of PasswordParams. */
  password_params: string | null;
  reference: string | null;
  views_total: number;
  views_left: number;
  /** Since the last lock, and in all. */
  wrong_tries: number;
  wrong_total: number;
  locked_until_ms: number | null;
  created_at_ms: number;
  expires_at_ms: number;
  last_viewed_at_ms: number | null;
  ended_at_ms: number | null;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    secrets: SecretsTable;
  }
}
