/** One row per door and key that was used lately: the theoretical arrival time of the generic cell rate algorithm. */
export interface LimitsTable {
  door: string;
  /** Keys may be addresses of people who are not members: only their hash is kept. */
  key_sha256: string;
  /** When the door is as if never used. */
  free_at_ms: number;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    limits: LimitsTable;
  }
}
