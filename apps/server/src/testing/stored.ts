/**
 * What a server keeps, seen from outside: rows of the database by a connection of our own, files of the blob folder. To compare before and
 * after something that must not have changed anything.
 */
import { readFile, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { openBucket } from "../platform/blobs/index.ts";
import { readListing } from "../platform/blobs/s3-answers.ts";
import { ID_PATTERN } from "../platform/database/index.ts";
import type { PliServer } from "../server.ts";
import { filesBelow } from "./files-below.ts";

/** Bookkeeping that a refused request may well leave: who tried, how often, when seen. */
const BOOKKEEPING_TABLES = new Set([
  "job_leases",
  "journal",
  "limits",
  "mail_lanes",
  "mailbox_tries",
  "pli_migrations",
  "robot_checks",
  "sign_in_links",
  "sign_in_steps",
]);
const BOOKKEEPING_COLUMNS = new Set([
  "wrong_tries",
  "wrong_total",
  "locked_until_ms",
  "last_seen_at_ms",
  "lease_owner",
  "lease_until_ms",
]);

const REGISTER = /^destroyed-\d+$/;

export interface Stored {
  readonly rows: Readonly<Record<string, readonly string[]>>;
  /** Paths below the blob folder, with sizes. */
  readonly files: readonly string[];
}

/** A data folder with SQLite in it, or a server of whatever profile. */
export type StoredBy = string | { readonly dataFolder: string; readonly server: Pick<PliServer, "services"> };

/** Everything that is kept but bookkeeping, in a stable order. */
export async function readStored(by: StoredBy): Promise<Stored> {
  return { rows: await readRows(by), files: await readBlobs(by) };
}

function folderOf(by: StoredBy): string {
  return typeof by === "string" ? by : by.dataFolder;
}

/** Resolves when the blobs of an ended envelope are gone and that is noted: it happens after the answer. */
export async function contentGone(world: Exclude<StoredBy, string>, envelopeId: string): Promise<void> {
  const deadlineMs = performance.now() + 30_000;
  while (performance.now() < deadlineMs) {
    const { rows, files } = await readStored(world);
    const row = rows.envelopes?.find((one) => one.includes(envelopeId));
    if (row?.includes('["content_gone",0]') !== true && !files.some((file) => file.includes(envelopeId))) return;
    await new Promise((resume) => setTimeout(resume, 10));
  }
  throw new Error("the blobs of an ended envelope are still there");
}

export async function readRows(by: StoredBy): Promise<Record<string, string[]>> {
  const tables = await readTables(by);
  const rows: Record<string, string[]> = {};
  for (const [name, found] of tables) {
    if (BOOKKEEPING_TABLES.has(name) || name.startsWith("sqlite_")) continue;
    const only = LIVING_TABLES[name];
    rows[name] = found.map((row) => (only === undefined ? withoutBookkeeping(row) : String(row[only]))).toSorted();
  }
  return rows;
}

/** Everything that is kept of the database, as it lies there: the files of SQLite, or every value of every row. */
export async function databaseBytes(world: Exclude<StoredBy, string>): Promise<Buffer> {
  const place = world.server.services.config.database;
  if (place.engine === "sqlite") {
    return Buffer.concat(await Promise.all([place.path, `${place.path}-wal`].map((path) => readFile(path))));
  }
  // Hexadecimal stands for bytes.
  const values = (await readTables(world)).flatMap(([, rows]) => rows.flatMap((row) => Object.values(row)));
  const separator = Buffer.from("\n");
  return Buffer.concat(values.flatMap((value) => [Buffer.from(String(value)), separator]));
}

type Tables = [name: string, rows: Record<string, unknown>[]][];

async function readTables(by: StoredBy): Promise<Tables> {
  const place = typeof by === "string" ? null : by.server.services.config.database;
  if (typeof by === "string" || place?.engine === "sqlite") return readFileTables(join(folderOf(by), "pli.db"));
  const { read } = by.server.services.db;
  const named = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' order by 1`.execute(read);
  // All tables by one question: what is compared is of one moment. Bytes come as hexadecimal text.
  const each = named.rows.map(
    ({ name }) => sql`select ${sql.lit(name)} as name, to_json(t) as row from ${sql.table(name)} t`,
  );
  const { rows } = await sql<{
    name: string;
    row: Record<string, unknown>;
  }>`${sql.join(each, sql` union all `)}`.execute(read);
  return named.rows.map(({ name }) => [name, rows.filter((one) => one.name === name).map(({ row }) => row)]);
}

function readFileTables(path: string): Tables {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database.prepare("select name from sqlite_schema where type = 'table' order by name").all();
    return tables.map(({ name }) => [String(name), database.prepare(`select * from "${name}"`).all()]);
  } finally {
    database.close();
  }
}

/** Of these only what is there counts: they change by themselves while a mail goes out. */
const LIVING_TABLES: Readonly<Record<string, string>> = { outbox: "mail_id" };

function withoutBookkeeping(row: Record<string, unknown>): string {
  return JSON.stringify(Object.entries(row).filter(([column]) => !BOOKKEEPING_COLUMNS.has(column)));
}

/** The files of the blob folder or, where there is a bucket, its chunks as the store tells them. */
async function readBlobs(by: StoredBy): Promise<string[]> {
  const place = typeof by === "string" ? null : by.server.services.config.blobs;
  if (place === null || place.kind === "folder") return await readFiles(join(folderOf(by), "blobs"));
  const client = openBucket(place);
  const files: string[] = [];
  try {
    for (let next: string | null = ""; next !== null; ) {
      const query = { "list-type": "2", ...(next === "" ? {} : { "continuation-token": next }) };
      const page = readListing((await client.ask({ method: "GET", key: "", query })).text);
      for (const { key, sizeBytes } of page.objects) {
        // The register of destruction and the probe of readiness go on by themselves.
        if (ID_PATTERN.test(key.split("/").at(-2) ?? "")) files.push(`${key} ${sizeBytes}`);
      }
      next = page.next;
    }
  } finally {
    client.close();
  }
  return files.toSorted();
}

async function readFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const path of await filesBelow(folder)) {
    // The register of destruction is kept apart, and written a little later.
    if (REGISTER.test(relative(folder, dirname(path)))) continue;
    const facts = await stat(path).catch(() => null);
    if (facts !== null) files.push(`${relative(folder, path)} ${facts.size}`);
  }
  return files.toSorted();
}
