/** Nodes under load, with recipients whose codes are known: messages are sent through the door, codes are put where the server looks for them. */
import { createHmac, randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { SMTPServer } from "smtp-server";
import { keysOf } from "../../apps/server/src/platform/keys.ts";
import { type RunningServer, runAdmin, type Scope, startServer } from "../../e2e/harness.ts";
import { startPostgres } from "../../tools/services/postgres.ts";
import { benchFolder } from "../workshop.ts";
import { type Caller, openCaller } from "./caller.ts";
import { type Reader, sendMessage } from "./deeds.ts";

/** On its first page a message lists so many; each may be opened 99 times. */
const RECIPIENTS = 200;
const MESSAGES = 3;
const OPENINGS_A_MESSAGE = RECIPIENTS * 99;
const CODE = "12345678";
const CODE_LIFE_MS = 3_600_000;

export interface Nodes {
  readonly title: string;
  readonly servers: readonly RunningServer[];
  readonly callers: readonly Caller[];
  readonly token: string;
  readonly readers: readonly Reader[];
  /** Commits of one small row a second, each waiting for the disk, by so many connections at once. */
  bareCommits(atOnce: number): Promise<number>;
  /** What PostgreSQL has written ahead so far; null on SQLite. */
  walBytes(): Promise<number | null>;
}

export async function startNodes(
  scope: Scope,
  engine: "SQLite" | "PostgreSQL",
  count: number,
  nodeFlags: readonly string[],
  /** How many openings there must be at least. */
  openings: number,
): Promise<Nodes> {
  const messages = Math.max(MESSAGES, Math.ceil(openings / OPENINGS_A_MESSAGE));
  const folder = await benchFolder(scope, "load");
  mkdirSync(join(folder, "data"));
  const secret = randomBytes(32);
  const keyFile = join(folder, "server.key");
  writeFileSync(keyFile, secret, { mode: 0o600 });
  const postgres = engine === "PostgreSQL" ? await startPostgres({ settings: { shared_buffers: "256MB" } }) : null;
  if (postgres !== null) scope.after(() => postgres.stop());
  const url = await postgres?.createDatabase();
  const env = {
    PLI_KEY_FILE: keyFile,
    PLI_LOG: "silent",
    PLI_TRUST_PROXY: "1",
    PLI_SMTP_URL: await startSink(scope),
    PLI_MAIL_FROM: "pli@example.org",
    PLI_MAILS_PER_HOUR: "1000000",
    PLI_MAILS_PER_MAILBOX: "1000000",
    // All nodes keep their content in one folder, as they would on a network drive: the load is of the database.
    PLI_BLOBS: join(folder, "blobs"),
    ...(url === undefined ? {} : { PLI_DATABASE_URL: url }),
  };
  const servers: RunningServer[] = [];
  for (let node = 0; node < count; node++) {
    const dataFolder = join(folder, "data", String(node));
    servers.push(await startServer(scope, { dataFolder, env, nodeFlags }));
  }
  const [first] = servers;
  if (first === undefined) throw new Error("no node");
  const token = await runAdmin({ ...first, place: env }, ["create-token", "--member", first.ownerAddress]);
  const callers = servers.map(({ port }) => openCaller(port));
  scope.after(() => {
    for (const caller of callers) caller.close();
  });
  const readers: Reader[] = [];
  const [caller] = callers;
  for (let message = 0; caller !== undefined && message < messages; message++) {
    const addresses = Array.from({ length: RECIPIENTS }, (_, index) => `reader@m${message}r${index}.example`);
    readers.push(...(await sendMessage(caller, token, addresses, "link")));
  }
  // Of those that are proven by mail: the grants are by link, so their kind is changed with the codes.
  const hmac = (address: string) =>
    createHmac("sha256", keysOf(secret).derive("mailbox-codes")).update(`${address}\n${CODE}`).digest("base64url");
  const nowMs = Date.now();
  const rows = readers.map(({ address }, index) => [
    address,
    String(index).padStart(26, "0"),
    hmac(address),
    "K7 Q4",
    nowMs,
    nowMs + CODE_LIFE_MS,
  ]);
  const toMail = "update grants set delivery = 'mail'";
  if (url === undefined) {
    const database = new DatabaseSync(join(folder, "data", "0", "pli.db"));
    database.exec("pragma busy_timeout = 5000");
    const insert = database.prepare("insert into mailbox_codes values (?, ?, ?, ?, ?, ?)");
    database.exec("begin immediate");
    for (const row of rows) insert.run(...row);
    database.exec(toMail);
    database.exec("commit");
    database.close();
  } else {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (const row of rows) await client.query("insert into mailbox_codes values ($1, $2, $3, $4, $5, $6)", row);
    await client.query(toMail);
    await client.query("analyze");
    await client.end();
  }
  return {
    title: count === 1 ? `one node, ${engine} and a folder` : `${count} nodes, ${engine} and a folder`,
    servers,
    callers,
    token,
    readers: readers.map((reader) => ({ ...reader, code: CODE })),
    walBytes: async () => {
      if (url === undefined) return null;
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query<{ bytes: string }>("select pg_current_wal_lsn() - '0/0'::pg_lsn as bytes");
      await client.end();
      return Number(rows[0]?.bytes);
    },
    bareCommits: (atOnce) => (url === undefined ? appendRate(folder) : commitRate(url, atOnce)),
  };
}

/** The next mail server: takes all and keeps nothing. */
async function startSink(scope: Scope): Promise<string> {
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    onData: (stream, _session, done) => {
      stream.on("end", () => done()).resume();
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  scope.after(() => new Promise<void>((closed) => server.close(() => closed())));
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("no relay");
  return `smtp://127.0.0.1:${address.port}`;
}

const RATE_MS = 2_000;

async function commitRate(url: string, atOnce: number): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: atOnce }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  await clients[0]?.query("create table if not exists bare (id bigint generated always as identity, content text)");
  const content = randomBytes(192).toString("base64");
  const untilMs = performance.now() + RATE_MS;
  const lane = async (client: pg.Client) => {
    let commits = 0;
    for (; performance.now() < untilMs; commits++) {
      await client.query({ name: "bare", text: "insert into bare (content) values ($1)", values: [content] });
    }
    return commits;
  };
  const commits = (await Promise.all(clients.map(lane))).reduce((sum, one) => sum + one, 0);
  await clients[0]?.query("drop table bare");
  await Promise.all(clients.map((client) => client.end()));
  return commits / (RATE_MS / 1000);
}

/** Commits of one row by SQLite itself, each flushed: what a server without a queue of writes could do. */
async function appendRate(folder: string): Promise<number> {
  const database = new DatabaseSync(join(folder, "bare.db"));
  database.exec("pragma journal_mode = wal; pragma synchronous = full; create table if not exists bare (content text)");
  const insert = database.prepare("insert into bare values (?)");
  const content = randomBytes(192).toString("base64");
  const untilMs = performance.now() + RATE_MS;
  let commits = 0;
  for (; performance.now() < untilMs; commits++) insert.run(content);
  database.close();
  return commits / (RATE_MS / 1000);
}
