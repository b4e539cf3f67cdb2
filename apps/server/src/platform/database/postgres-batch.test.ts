/** What is asked of PostgreSQL in one breath: one packet, in order, and nothing behind a failure. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import pg from "pg";
import { testDatabase } from "../../../../../tools/services/shared-postgres.ts";
import { postgresPlace } from "../../testing/profiles.ts";
import { createStatementNames, postgresConnection } from "./dialect/postgres.ts";
import { type Db, openDatabase, preparedInsert, type Tx } from "./index.ts";

interface Organisation {
  organisation_id: string;
  name: string;
  created_at_ms: number;
}
const insert = preparedInsert<Organisation>("organisations", ["organisation_id", "name", "created_at_ms"]);
const row = (organisation_id: string): Organisation => ({ organisation_id, name: "x", created_at_ms: 1 });

describe("asked in one breath", () => {
  const cleaning: (() => Promise<void> | void)[] = [];
  let url = "";
  let db: Db;
  before(async () => {
    url = await testDatabase({ after: (clean) => void cleaning.push(clean) });
    db = await openDatabase(postgresPlace(url), () => 0);
    cleaning.push(() => db.close());
  });
  after(async () => {
    for (const clean of cleaning.toReversed()) await clean();
  });

  async function open() {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    cleaning.push(() => client.end());
    let packets = 0;
    const counting = new Proxy(client, {
      get: (of, key) => {
        if (key === "query") packets += 1;
        const value: unknown = Reflect.get(of, key);
        return typeof value === "function" ? value.bind(of) : value;
      },
    });
    return { connection: postgresConnection(counting, createStatementNames()), packets: () => packets };
  }
  const idsLike = async (start: string) => {
    const found = await db.read.selectFrom("organisations").select("organisation_id").execute();
    return found.map(({ organisation_id }) => organisation_id).filter((id) => id.startsWith(start));
  };

  test("Q3: statements that wait for none of each other are one packet, answered each for itself, the second time as well", async () => {
    const { connection, packets } = await open();
    for (const round of [1, 2]) {
      const answers = await Promise.all([
        connection.command("begin"),
        connection.run("select $1::int + 1 as next, null as nothing", [round]),
        connection.run("select $1::text as same from generate_series(1, 3)", ["ü\u{1f511}"]),
        connection.run("select $1::bytea as bytes", [Uint8Array.of(0, 255)]),
        connection.command("commit"),
      ]);
      assert.equal(packets(), round);
      assert.deepEqual(answers, [
        "BEGIN",
        { rows: [{ next: round + 1, nothing: null }], changes: 1 },
        { rows: [{ same: "ü\u{1f511}" }, { same: "ü\u{1f511}" }, { same: "ü\u{1f511}" }], changes: 3 },
        { rows: [{ bytes: Buffer.from([0, 255]) }], changes: 1 },
        "COMMIT",
      ]);
    }
  });

  test("Q10: behind a begin that fails nothing runs, and the connection goes on", async () => {
    const { connection } = await open();
    const add = "insert into organisations values ($1, 'x', 1)";
    const outcomes = await Promise.allSettled([
      connection.command("begin isolation level of nothing"),
      connection.run(add, ["outside"]),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ["rejected", "rejected"],
    );
    assert.deepEqual(await idsLike("outside"), []);
    await connection.run(add, ["inside"]);
    const { changes } = await connection.run(add, ["inside two"]);
    assert.equal(changes, 1);
    assert.deepEqual(await idsLike("inside"), ["inside", "inside two"]);
  });

  test("Q10: of a job's statements in one breath the one that fails takes all back, those before and behind it", async () => {
    const write = db.write((tx) =>
      Promise.all([insert(tx, [row("all one")]), insert(tx, [row("all one")]), insert(tx, [row("all two")])]),
    );
    await assert.rejects(write);
    assert.deepEqual(await idsLike("all"), []);
  });

  test("Q10: what a job asks after its end is refused, and runs nowhere", async () => {
    let kept: Tx | undefined;
    await db.write(async (tx) => {
      kept = tx;
      await insert(tx, [row("kept")]);
    });
    assert.ok(kept !== undefined);
    await assert.rejects(insert(kept, [row("late")]), /after its end/);
    await assert.rejects(kept.insertInto("organisations").values(row("late")).execute(), /after its end/);
    assert.deepEqual(await idsLike("late"), []);
  });

  test("Q3: a read that fails does not take those with it that were asked in the same breath", async () => {
    const good = () => db.read.selectFrom("organisations").select("organisation_id").limit(1).execute();
    const bad = () => sql`select 1 / 0`.execute(db.read as Parameters<typeof insert>[0]);
    const outcomes = await Promise.allSettled([good(), bad(), good(), good()]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ["fulfilled", "rejected", "fulfilled", "fulfilled"],
    );
  });
});
