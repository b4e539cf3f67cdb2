/** The doctor at a PostgreSQL server: each thing that is not as it should be has a line with its cure, and no line has a secret. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import pg from "pg";
import { startPostgres } from "../../../tools/services/postgres.ts";
import { testDatabase } from "../../../tools/services/shared-postgres.ts";
import { examineDatabase } from "./doctor-database.ts";
import { readConfig } from "./server.ts";

async function lines(t: TestContext, url: string): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "pli-doctor-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const findings = await examineDatabase(readConfig({ PLI_DATA: folder, PLI_DATABASE_URL: url }));
  const told = findings.map(({ state, found, cure }) => `${state}: ${found}. ${cure ?? ""}`);
  const { password } = new URL(url);
  for (const line of told) assert.ok(!line.includes(password), "a secret was told");
  return told;
}

async function ask(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

test("Q2: a PostgreSQL as the guide makes it is well", async (t) => {
  const url = await testDatabase(t);
  assert.deepEqual(
    (await lines(t, url)).map((line) => line.replace(/127\S+/, "PLACE")),
    ["ok: PLACE opens, writes, is up to date. "],
  );
});

test("Q2: a server that is away, a wrong password, no such database: each is told apart", async (t) => {
  const url = await testDatabase(t);
  const changed = (change: (url: URL) => void) => {
    const other = new URL(url);
    change(other);
    return other.href;
  };
  const [away] = await lines(
    t,
    changed((other) => {
      other.port = "1";
    }),
  );
  assert.match(away ?? "", /^fault: .* does not answer\. .*firewall/);
  const [refused] = await lines(
    t,
    changed((other) => {
      other.password = "another-password";
    }),
  );
  assert.match(refused ?? "", /^fault: .* refuses the user or the password/);
  const [missing] = await lines(
    t,
    changed((other) => {
      other.pathname = "/nowhere";
    }),
  );
  assert.match(missing ?? "", /^fault: .* no such database/);
});

test("Q2: a user without rights, and a schema of a newer version, are told with their cure", async (t) => {
  const url = await testDatabase(t);
  await lines(t, url);
  await ask(url, "insert into pli_migrations values ('9999_later', 1)");
  assert.match((await lines(t, url))[0] ?? "", /^fault: .*newer version.*9999_later.*Never start an older/);
  await ask(url, "delete from pli_migrations where name = '9999_later'", `revoke create on schema public from public`);
  const poor = await testDatabase(t);
  await ask(poor, "create schema mine", `alter role ${new URL(poor).username} set search_path = nowhere`);
  assert.match((await lines(t, poor)).join("\n"), /fault: its user may not make tables\. .*owner/);
});

test("Q2: a server that may forget what it was told is a fault, one that is hasty a warning", async (t) => {
  const server = await startPostgres({ settings: { fsync: "off", synchronous_commit: "off", max_connections: "8" } });
  t.after(() => server.stop());
  const told = (await lines(t, await server.createDatabase())).join("\n");
  assert.match(told, /fault: fsync is off/);
  assert.match(told, /warning: synchronous_commit is off: Pli turns it on/);
  assert.match(told, /warning: \d connections are free, this node takes up to 10/);
});
