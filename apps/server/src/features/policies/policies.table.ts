/** What organisations settle for their members: one row each, once they have settled something; and who changed what when (O10). */
export interface PoliciesTable {
  organisation_id: string;
  version: number;
  /** JSON of PolicyChoices. */
  settings: string;
  changed_at_ms: number;
  changed_by: string;
}

/** Append-only: rows are never changed or deleted. */
export interface AdministrationLogTable {
  /** Time-ordered. */
  entry_id: string;
  organisation_id: string;
  at_ms: number;
  member_id: string;
  event: "policies_changed";
  /** JSON: of each setting that was changed, `{from, to}`; null stands for the product's own. */
  facts: string;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    policies: PoliciesTable;
    administration_log: AdministrationLogTable;
  }
}
