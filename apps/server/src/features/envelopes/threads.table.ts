/** Which grant reads an entry of its message's conversation (migration 0008). */
export interface ThreadKeysTable {
  grant_id: string;
  /** Of the reply or the answer. */
  envelope_id: string;
  /** Its content key under the grant's thread key, base64url. The row goes with the grant's key, or with the entry (Z8). */
  wrapped_key: string;
  mailed_at_ms: number | null;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    thread_keys: ThreadKeysTable;
  }
}
