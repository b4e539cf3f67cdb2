/** What a cluster keeps, read from outside by connections of our own: the rows of its PostgreSQL, the objects of its bucket. */
import pg from "pg";
import type { S3Client } from "../../apps/server/src/platform/blobs/index.ts";
import {
  type EnvelopeRow,
  type GrantRow,
  type JournalRow,
  KEY_COLUMNS,
  type KeptKey,
  keptKeys,
  type OutboxRow,
  type PartRow,
  type StoredFile,
  type StoredPlace,
  type StoredRows,
} from "./stored-rows.ts";

/** Objects of the register of destruction, and the one that shows whether the bucket takes writes. */
const NO_CONTENT = /^destroyed-|^\.writable$/;
const INT8 = 20;

/** @param databaseUrl of a superuser; asked at each look: the primary may be another one by then */
export function clusterPlace(databaseUrl: () => string, bucket: S3Client): StoredPlace {
  return { rows: () => readRows(databaseUrl()), files: () => readObjects(bucket) };
}

async function readRows(url: string): Promise<StoredRows> {
  const integrity = await readIntegrity(url);
  const client = await connect(url);
  try {
    await client.query("begin isolation level repeatable read read only");
    const all = async <T>(table: string) => (await client.query(`select * from ${table}`)).rows as T[];
    return {
      envelopes: await all<EnvelopeRow>("envelopes"),
      parts: await all<PartRow>("parts"),
      grants: await all<GrantRow>("grants"),
      journal: await all<JournalRow>("journal"),
      outbox: await all<OutboxRow>("outbox"),
      keys: await readKeys(client),
      integrity,
    };
  } finally {
    await client.end();
  }
}

/** Whatever table it is in. */
async function readKeys(client: pg.Client): Promise<readonly KeptKey[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    "select distinct table_name as name from information_schema.columns where table_schema = 'public' and column_name = any($1)",
    [KEY_COLUMNS],
  );
  const keys: KeptKey[] = [];
  for (const { name } of tables) keys.push(...keptKeys(name, (await client.query(`select * from "${name}"`)).rows));
  return keys;
}

/** What PostgreSQL itself finds when it compares every index with its table (amcheck). */
async function readIntegrity(url: string): Promise<string> {
  const client = await connect(url);
  try {
    await client.query("create extension if not exists amcheck");
    const { rows: indexes } = await client.query<{ oid: number }>(
      "select c.oid from pg_class c join pg_am a on a.oid = c.relam where a.amname = 'btree' and c.relnamespace = 'public'::regnamespace",
    );
    for (const { oid } of indexes) await client.query("select bt_index_check($1::oid::regclass, true)", [oid]);
    return "ok";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.end();
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.setTypeParser(INT8, Number);
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function readObjects(bucket: S3Client): Promise<readonly StoredFile[]> {
  const files: StoredFile[] = [];
  for (let next: string | undefined = ""; next !== undefined; ) {
    const query: Record<string, string> = { "list-type": "2" };
    if (next !== "") query["continuation-token"] = next;
    const { text } = await bucket.ask({ method: "GET", key: "", query });
    for (const [, object = ""] of text.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      const [folder, name] = (/<Key>(.*?)<\/Key>/.exec(object)?.[1] ?? "").split("/").slice(-2);
      if (folder === undefined || NO_CONTENT.test(folder)) continue;
      files.push({ folder, name: name ?? "", sizeBytes: Number(/<Size>(\d+)<\/Size>/.exec(object)?.[1]) });
    }
    next = /<NextContinuationToken>(.*?)<\/NextContinuationToken>/.exec(text)?.[1];
  }
  return files;
}
