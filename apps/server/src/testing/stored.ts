/**
 * What a server keeps, seen from outside: rows of the database by a connection of our own, files of the blob folder. To compare before and
 * after something that must not have changed anything.
 */
import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Bookkeeping that a refused request may well leave: who tried, how often, when seen. */
const BOOKKEEPING_TABLES = new Set([
  "journal",
  "limits",
  "mailbox_tries",
  "pli_migrations",
  "robot_checks",
  "sign_in_links",
]);
const BOOKKEEPING_COLUMNS = new Set([
  "wrong_tries",
  "wrong_total",
  "locked_until_ms",
  "last_seen_at_ms",
  "lease_owner",
  "lease_until_ms",
]);

export interface Stored {
  readonly rows: Readonly<Record<string, readonly string[]>>;
  /** Paths below the blob folder, with sizes. */
  readonly files: readonly string[];
}

/** Everything that is kept but bookkeeping, in a stable order. */
export async function readStored(dataFolder: string): Promise<Stored> {
  return { rows: readRows(dataFolder), files: await readFiles(join(dataFolder, "blobs")) };
}

/** Resolves when the blobs of an ended envelope are gone and that is noted: it happens after the answer. */
export async function contentGone(world: { readonly dataFolder: string }, envelopeId: string): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (performance.now() < deadlineMs) {
    const { rows, files } = await readStored(world.dataFolder);
    const row = rows.envelopes?.find((one) => one.includes(envelopeId));
    if (row?.includes('["content_gone",0]') !== true && !files.some((file) => file.includes(envelopeId))) return;
    await new Promise((resume) => setTimeout(resume, 10));
  }
  throw new Error("the blobs of an ended envelope are still there");
}

export function readRows(dataFolder: string): Record<string, string[]> {
  const database = new DatabaseSync(join(dataFolder, "pli.db"), { readOnly: true });
  try {
    const tables = database.prepare("select name from sqlite_schema where type = 'table' order by name").all();
    const rows: Record<string, string[]> = {};
    for (const { name } of tables as { name: string }[]) {
      if (BOOKKEEPING_TABLES.has(name) || name.startsWith("sqlite_")) continue;
      const found = database.prepare(`select * from "${name}"`).all() as Record<string, unknown>[];
      const only = LIVING_TABLES[name];
      rows[name] = found.map((row) => (only === undefined ? withoutBookkeeping(row) : String(row[only]))).toSorted();
    }
    return rows;
  } finally {
    database.close();
  }
}

/** Of these only what is there counts: they change by themselves while a mail goes out. */
const LIVING_TABLES: Readonly<Record<string, string>> = { outbox: "mail_id" };

function withoutBookkeeping(row: Record<string, unknown>): string {
  return JSON.stringify(Object.entries(row).filter(([column]) => !BOOKKEEPING_COLUMNS.has(column)));
}

async function readFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const facts = await stat(path).catch(() => null);
    if (facts !== null) files.push(`${relative(folder, path)} ${facts.size}`);
  }
  return files.toSorted();
}
