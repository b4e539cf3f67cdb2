/**
 * What is wrong with the plan of a statement on a database that is full: a table that grows is read whole, more rows are sorted or thrown away
 * than a page shows. PostgreSQL is asked for the plan of the first run and for the one it
 * settles on, which need not be the same.
 */
import { DatabaseSync } from "node:sqlite";
import { BEGIN_SESSION, connectAlone } from "../../platform/database/dialect/postgres-pool.ts";
import type { DatabasePlace } from "../../platform/database/index.ts";
import type { Statement } from "./record-statements.ts";

export interface Fault {
  readonly text: string;
  readonly what: string;
}

export interface Explainer {
  faultsOf(statement: Statement): Promise<readonly Fault[]>;
  close(): Promise<void>;
}

/** Tables with a row for each message, reader, member or day of use. The others have a handful. */
const GROWING: ReadonlySet<string> = new Set([
  "contact_addresses",
  "contact_words",
  "contacts",
  "copy_requests",
  "correspondents",
  "envelopes",
  "grants",
  "idempotency_keys",
  "journal",
  "key_slots",
  "keyrings",
  "limits",
  "mailbox_codes",
  "mailbox_proofs",
  "mailbox_tries",
  "member_codes",
  "members",
  "openings",
  "outbox",
  "parts",
  "secrets",
  "seals",
  "sessions",
  "sign_in_links",
  "sms_usage",
]);

/** The longest page, of the register, and what stands beside it. */
const PAGE_ROWS = 250;
/** Rows sorted, at most: a page of a list, with what it looks ahead. More is a list that was fetched whole, however short it is here. */
const SORTED_ROWS = 60;
/** Rows read for nothing, at most: the drafts and replies between the messages of a page. */
const WASTED_ROWS = 1_000;

export async function openExplainer(place: DatabasePlace): Promise<Explainer> {
  return place.engine === "postgres" ? await explainPostgres(place) : explainSqlite(place.path);
}

/** So often PostgreSQL plans a prepared statement for its values before it considers one plan for all values. */
const TIMES_PLANNED = 5;

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Index Cond"?: string;
  readonly "Plan Rows": number;
  readonly "Actual Rows"?: number;
  readonly "Actual Loops"?: number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Rows Removed by Index Recheck"?: number;
  readonly Plans?: readonly PlanNode[];
}

async function explainPostgres(place: Extract<DatabasePlace, { engine: "postgres" }>): Promise<Explainer> {
  const client = await connectAlone(place);
  // Planned as for those who serve.
  await client.query(BEGIN_SESSION);
  const partial = await client.query<{ name: string }>(
    "select indexrelid::regclass::text as name from pg_index where indpred is not null",
  );
  const partialIndexes = new Set(partial.rows.map(({ name }) => name));
  const explain = async (values: string, run: boolean) => {
    await client.query("begin");
    try {
      const { rows } = await client.query<{ "QUERY PLAN": readonly { Plan: PlanNode }[] }>(
        `explain (${run ? "analyze, timing off, " : ""}format json) execute checked${values}`,
      );
      return rows[0]?.["QUERY PLAN"][0]?.Plan ?? null;
    } finally {
      await client.query("rollback");
    }
  };
  return {
    faultsOf: async ({ text, values }) => {
      await client.query(`prepare checked as ${text}`);
      try {
        const list = values.length === 0 ? "" : `(${values.map(literal).join(", ")})`;
        // Rows that are there already cannot be inserted again.
        const run = !/^\s*insert/i.test(text);
        const faults = new Set<string>();
        for (let time = 1; time <= TIMES_PLANNED + 1; time++) {
          // The first plan and the one that stays are looked at; those between only count.
          const isLooked = time === 1 || time > TIMES_PLANNED;
          const plan = await explain(list, run && isLooked);
          for (const what of isLooked && plan !== null ? faultsOfNode(plan, partialIndexes) : []) faults.add(what);
        }
        return [...faults].map((what) => ({ text, what }));
      } finally {
        await client.query("deallocate checked");
      }
    },
    close: () => client.end(),
  };
}

function faultsOfNode(node: PlanNode, partialIndexes: ReadonlySet<string>): string[] {
  const kind = node["Node Type"];
  const table = node["Relation Name"] ?? "";
  const index = node["Index Name"] ?? "";
  const faults: string[] = [];
  if (kind === "Seq Scan" && GROWING.has(table)) faults.push(`reads all of ${table}`);
  if (/^(Index|Index Only|Bitmap Index) Scan$/.test(kind) && node["Index Cond"] === undefined) {
    // Of a partial index the condition is in the index: it holds nothing but what is looked for.
    const isWalk = !partialIndexes.has(index);
    if (isWalk && (node["Actual Rows"] ?? node["Plan Rows"]) > PAGE_ROWS) faults.push(`walks along ${index}`);
  }
  if (kind === "Sort") {
    const rows = Math.max(...(node.Plans ?? []).map((below) => below["Actual Rows"] ?? below["Plan Rows"]));
    if (rows > SORTED_ROWS) faults.push(`sorts ${rows} rows`);
  }
  const removed = (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  if (removed * (node["Actual Loops"] ?? 1) > WASTED_ROWS) faults.push(`reads ${removed} rows of ${table} for nothing`);
  return [...faults, ...(node.Plans ?? []).flatMap((below) => faultsOfNode(below, partialIndexes))];
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString("hex")}'`;
  return `'${String(value).replaceAll("'", "''")}'`;
}

/** Indexes of which one key, or a range, may have any number of rows. */
const WIDE = /\b(envelopes_of_member|\w+_by_\w+|\w+_due|\w+_to_erase)\b/;

function explainSqlite(path: string): Explainer {
  const database = new DatabaseSync(path, { readOnly: true });
  const partial = database
    .prepare("select name from sqlite_schema where type = 'index' and sql like '% where %'")
    .all()
    .map(({ name }) => String(name));
  return {
    faultsOf: async ({ text }) => {
      const steps = database
        .prepare(`explain query plan ${text}`)
        .all()
        .map(({ detail }) => String(detail));
      const faults: string[] = [];
      for (const step of steps) {
        const [, table = "", index] = /^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/.exec(step) ?? [];
        if (GROWING.has(table) && !(index !== undefined && partial.includes(index)))
          faults.push(`reads all of ${table}`);
      }
      const sorts = steps.some((step) => /USE TEMP B-TREE FOR (LAST|RIGHT|ORDER|GROUP|DISTINCT)/.test(step));
      const wide = steps.find((step) => /^(SEARCH|SCAN)/.test(step) && WIDE.test(step));
      if (sorts && wide !== undefined) faults.push(`sorts what it finds by ${wide}`);
      return faults.map((what) => ({ text, what }));
    },
    close: async () => database.close(),
  };
}
