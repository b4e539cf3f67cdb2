/** Tenants, their units and their people (migration 0001). */
import type { Role } from "@pli/core/wire";

export interface OrganisationsTable {
  organisation_id: string;
  name: string;
  created_at_ms: number;
}
export interface EntitiesTable {
  organisation_id: string;
  entity_id: string;
  name: string;
  created_at_ms: number;
}
export interface MembersTable {
  member_id: string;
  organisation_id: string;
  entity_id: string | null;
  /** Lower case, unique on the server. */
  address: string;
  name: string;
  role: Role;
  time_zone: string;
  language: string;
  /** JSON of MessageDefaults. */
  defaults: string;
  created_at_ms: number;
  /** 1: a link by mail alone does not sign in (A2). */
  second_step: number | null;
  /** Received replies are shown after a second factor alone: 1, 0, or null: as the organisation has it. */
  confirm_replies: number | null;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    organisations: OrganisationsTable;
    entities: EntitiesTable;
    members: MembersTable;
  }
}
