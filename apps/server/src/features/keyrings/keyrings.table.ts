/** Keyrings: public keys in clear, the seed only wrapped, one row per way to unlock it. */
import type { KeySlotKind } from "@pli/core/wire";

export interface KeyringsTable {
  member_id: string;
  organisation_id: string;
  kem_public: string;
  sign_public: string;
  /** Always the number of slots: the guard of "never the last one". */
  slot_count: number;
  created_at_ms: number;
}

export interface KeySlotsTable {
  member_id: string;
  slot_id: string;
  kind: KeySlotKind;
  name: string;
  wrapped_seed: string;
  /** JSON of PasswordParams. */
  argon2: string | null;
  /** Of a passkey: its credential, base64url. */
  credential_id: string | null;
  created_at_ms: number;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    keyrings: KeyringsTable;
    key_slots: KeySlotsTable;
  }
}
