/**
 * Growth: the time of an opening, of the sent list and of clean-up with one thousand envelopes, and with five million (`--envelopes N` for fewer), on
 * SQLite and on PostgreSQL. The two take turns, so that what else the machine does weighs on both. And what a million envelopes take on the disk,
 * table by table. The rows are made by the engine itself; the deeds are the server's own.
 */
import { statSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { Scope } from "../e2e/harness.ts";
import { startPostgres } from "../tools/services/postgres.ts";
import { type BenchmarkOptions, type Figure, median, rounded } from "./figure.ts";
import { createInstallation, DEEDS, type Deed, type Installation } from "./growth/installation.ts";
import { benchFolder, withScope } from "./workshop.ts";

export const name = "growth";

const FEW = 1_000;
const MANY = 5_000_000;
/** The youngest have their sealed values, the older ones not: two kilobytes each that nothing here reads would fill the disk. */
const SEALED = 500_000;
const GOAL = 1.2;
/** How often each deed is done in each; the first tenth only warms up. */
const TIMES: Readonly<Record<Deed, number>> = {
  opening: 600,
  firstPage: 300,
  middlePage: 300,
  ending: 12,
  cleaning: 12,
  wiping: 12,
};
/** Part of a deed that has a goal: told to explain it. */
const PARTS: ReadonlySet<Deed> = new Set(["wiping"]);

export async function run({ envelopes = MANY, engine: only }: BenchmarkOptions = {}): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const engine of ["SQLite", "PostgreSQL"] as const) {
    if (only !== undefined && only !== engine) continue;
    await withScope(async (scope) => {
      figures.push(...(engine === "SQLite" ? await onSqlite(scope, envelopes) : await onPostgres(scope, envelopes)));
    });
  }
  return figures;
}

async function onSqlite(scope: Scope, envelopes: number): Promise<Figure[]> {
  const folder = await benchFolder(scope, "growth");
  const settings = (size: string) => ({ PLI_DATA: join(folder, size) });
  const few = await createInstallation(scope, settings("few"), FEW, SEALED);
  const many = await createInstallation(scope, settings("many"), envelopes, SEALED);
  const figures = await compare("SQLite", few, many, envelopes);
  const bytes = statSync(join(folder, "many", "pli.db")).size;
  return [
    ...figures,
    sizeFigure(
      "SQLite, all tables",
      bytes,
      envelopes,
      `sealed values of ${Math.min(SEALED, envelopes)} of ${envelopes} envelopes`,
    ),
  ];
}

async function onPostgres(scope: Scope, envelopes: number): Promise<Figure[]> {
  const folder = await benchFolder(scope, "growth");
  const postgres = await startPostgres({
    settings: { shared_buffers: "512MB", max_wal_size: "2GB", work_mem: "16MB" },
  });
  scope.after(() => postgres.stop());
  const settings = async (size: string) => ({
    PLI_DATA: join(folder, size),
    PLI_DATABASE_URL: await postgres.createDatabase(),
  });
  const few = await createInstallation(scope, await settings("few"), FEW, SEALED);
  const large = await settings("many");
  const many = await createInstallation(scope, large, envelopes, SEALED);
  const sizes = await tableSizes(large.PLI_DATABASE_URL, envelopes);
  return [...(await compare("PostgreSQL", few, many, envelopes)), ...sizes];
}

async function compare(engine: string, few: Installation, many: Installation, envelopes: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const deed of Object.keys(DEEDS) as Deed[]) {
    const times: { readonly few: number[]; readonly many: number[] } = { few: [], many: [] };
    for (let turn = 0; turn < TIMES[deed]; turn++) {
      const [fewMs, manyMs] = [await few.deeds[deed](), await many.deeds[deed]()];
      if (turn < TIMES[deed] / 10) continue;
      times.few.push(fewMs);
      times.many.push(manyMs);
    }
    const [fewMs, manyMs] = [median(times.few), median(times.many)];
    const ratio = manyMs / fewMs;
    const isPart = PARTS.has(deed);
    figures.push({
      bench: name,
      figure: `${DEEDS[deed]}, ${engine}, ${envelopes} envelopes`,
      value: rounded(manyMs),
      unit: "ms",
      ratio: rounded(ratio),
      against: `${FEW} envelopes: ${rounded(fewMs)} ms`,
      goal: isPart ? null : `ratio ≤ ${GOAL}`,
      holds: isPart || ratio <= GOAL,
    });
  }
  return figures;
}

/** Right after seeding: as dense as tables ever are. */
async function tableSizes(url: string, envelopes: number): Promise<Figure[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; rows: number; bytes: string; indexes: string }>(
      `select relname as name, reltuples::float8 as rows, pg_total_relation_size(oid) as bytes, pg_indexes_size(oid) as indexes
       from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by bytes desc`,
    );
    return rows
      .filter(({ rows: count }) => count >= envelopes / 1000)
      .map(({ name: table, rows: count, bytes, indexes }) => {
        // Not all are there: as many as there will be, each sent envelope having one.
        const sealed = table === "seals" ? count : envelopes;
        const aside = `${rounded(count / sealed)} rows an envelope, ${rounded(Number(bytes) / count)} bytes a row, of them indexes ${rounded(Number(indexes) / count)}`;
        return sizeFigure(`PostgreSQL, table ${table}`, Number(bytes), sealed, aside);
      });
  } finally {
    await client.end();
  }
}

function sizeFigure(figure: string, bytes: number, envelopes: number, against: string): Figure {
  const value = rounded(bytes / envelopes);
  return { bench: name, figure, value, unit: "MB a million envelopes", ratio: null, against, goal: null, holds: true };
}
