/** What all nodes of an installation must agree on, by name. */
export interface NodeFactsTable {
  name: string;
  value: string;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    node_facts: NodeFactsTable;
  }
}
