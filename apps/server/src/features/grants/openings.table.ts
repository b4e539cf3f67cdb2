/** Openings that run: which device may read a grant's content until when (M5). */
export interface OpeningsTable {
  grant_id: string;
  device_sha256: string;
  open_until_ms: number;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    openings: OpeningsTable;
  }
}
