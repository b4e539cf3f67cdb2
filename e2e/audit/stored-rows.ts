/** What a server keeps, read from outside by connections of our own: here from a data folder, of a server that runs or does not. */
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { filesBelow } from "../../apps/server/src/testing/files-below.ts";

export interface EnvelopeRow {
  readonly envelope_id: string;
  readonly kind: string;
  readonly state: string;
  readonly commitment: string | null;
  readonly content_gone: number;
  /** Absent of what was never sent, however it ended. */
  readonly sent_at_ms: number | null;
}
export interface PartRow {
  readonly envelope_id: string;
  readonly part: number;
  readonly generation: number;
  readonly chunks: number;
  readonly size_bytes: number;
}
export interface GrantRow {
  readonly envelope_id: string;
  readonly grant_id: string;
  readonly state: string;
  readonly openings_total: number;
  readonly openings_left: number;
}
export interface JournalRow {
  readonly envelope_id: string;
  readonly entry_id: string;
  readonly at_ms: number;
  readonly event: string;
  readonly grant_id: string | null;
  /** JSON. */
  readonly facts: string | null;
}
export interface OutboxRow {
  readonly mail_id: string;
  readonly kind: string;
  readonly state: string;
  readonly grant_id: string | null;
  readonly secret: string | null;
}

/** A key that is kept, wrapped or sealed, in whatever table. */
export interface KeptKey {
  readonly envelope_id: string;
  readonly grant_id: string | null;
  readonly where: string;
}

export interface StoredRows {
  readonly envelopes: readonly EnvelopeRow[];
  readonly parts: readonly PartRow[];
  readonly grants: readonly GrantRow[];
  readonly journal: readonly JournalRow[];
  readonly outbox: readonly OutboxRow[];
  readonly keys: readonly KeptKey[];
  /** What the database itself says of its state. */
  readonly integrity: string;
}

/** Where an installation keeps its rows and its ciphertext. */
export interface StoredPlace {
  /** All of one instant. */
  rows(): Promise<StoredRows>;
  files(): Promise<readonly StoredFile[]>;
}

/** A file of SQLite and a folder. */
export function folderPlace(dataFolder: string): StoredPlace {
  return { rows: async () => readStoredRows(dataFolder), files: () => readStoredFiles(dataFolder) };
}

function readStoredRows(dataFolder: string): StoredRows {
  const database = new DatabaseSync(join(dataFolder, "pli.db"), { readOnly: true });
  // A server may be writing: without it each table would be of an instant of its own.
  database.exec("begin");
  const all = <T>(table: string) => database.prepare(`select * from ${table}`).all() as T[];
  try {
    return {
      envelopes: database
        .prepare("select e.*, s.sealed_key from envelopes e left join seals s on s.envelope_id = e.envelope_id")
        .all() as unknown as EnvelopeRow[],
      parts: all("parts"),
      grants: all("grants"),
      journal: all("journal"),
      outbox: all("outbox"),
      keys: readKeys(database),
      integrity: Object.values(database.prepare("pragma integrity_check").get() ?? {}).join(),
    };
  } finally {
    database.close();
  }
}

export const KEY_COLUMNS = ["wrapped_key", "sealed_key", "sealed_secret"];

function readKeys(database: DatabaseSync): readonly KeptKey[] {
  const tables = database.prepare("select name from sqlite_schema where type = 'table'").all() as { name: string }[];
  return tables.flatMap(({ name }) =>
    keptKeys(name, database.prepare(`select * from "${name}"`).all() as Record<string, unknown>[]),
  );
}

/** The keys in these rows of a table. */
export function keptKeys(table: string, rows: readonly Readonly<Record<string, unknown>>[]): readonly KeptKey[] {
  return rows.flatMap((row) =>
    KEY_COLUMNS.filter((column) => (row[column] ?? null) !== null).map((column) => ({
      envelope_id: String(row.envelope_id ?? ""),
      grant_id: typeof row.grant_id === "string" ? row.grant_id : null,
      where: `${table}.${column}`,
    })),
  );
}

export interface StoredFile {
  readonly folder: string;
  readonly name: string;
  readonly sizeBytes: number;
}

/** Every file below the blob folder. */
async function readStoredFiles(dataFolder: string): Promise<readonly StoredFile[]> {
  const files: StoredFile[] = [];
  for (const path of await filesBelow(join(dataFolder, "blobs"))) {
    // What was destroyed before a crash may be erased at this very moment.
    const facts = await stat(path).catch(() => null);
    if (facts === null) continue;
    files.push({ folder: basename(dirname(path)), name: basename(path), sizeBytes: facts.size });
  }
  return files;
}
