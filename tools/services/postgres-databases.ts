/** Databases of a PostgreSQL for tests: made as the operator's guide asks for them, asked, and dropped. Each call has a connection of its own. */
import { randomBytes } from "node:crypto";
import pg from "pg";

/** A database and a role that owns it and nothing else, as the operator's guide asks for. @returns its URL */
export async function createDatabase(adminUrl: string): Promise<string> {
  const name = `pli_${randomBytes(8).toString("hex")}`;
  const password = randomBytes(18).toString("base64url");
  await runAll(adminUrl, [
    `create role ${name} login password '${password}'`,
    `create database ${name} owner ${name} template template0`,
    `revoke connect on database ${name} from public`,
  ]);
  const url = new URL(adminUrl);
  url.username = name;
  url.password = password;
  url.pathname = `/${name}`;
  return url.href;
}

/** Removes a database of `createDatabase` with its role, whoever is connected. */
export async function dropDatabase(adminUrl: string, url: string): Promise<void> {
  const name = new URL(url).username;
  await runAll(adminUrl, [`drop database if exists ${name} with (force)`, `drop role if exists ${name}`]);
}

/** Runs the statements one after the other on one connection. */
export async function runAll(url: string, statements: readonly string[]): Promise<void> {
  await connected(url, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

/** Runs one text, which may be several statements when it has no values. @returns the rows */
export async function rowsOf<Row extends object>(
  url: string,
  text: string,
  values?: readonly string[],
): Promise<readonly Row[]> {
  return await connected(url, async (client) => {
    const { rows } = await client.query<Row>(text, values === undefined ? undefined : [...values]);
    return rows;
  });
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Whether a server takes connections there now. */
export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
