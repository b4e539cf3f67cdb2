/** One row per kind of job: which node runs it, until when, and when it last came to its end. */
export interface JobLeasesTable {
  job: string;
  /** Of the node's runner; null: nobody runs it. */
  owner: string | null;
  until_ms: number;
  /** When a run last came to its end, well or not. */
  ran_at_ms: number;
}

declare module "../../platform/database/schema.ts" {
  interface Schema {
    job_leases: JobLeasesTable;
  }
}
