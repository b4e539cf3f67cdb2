/** What PostgreSQL adds to the database: broken lines, lost conflicts, doubtful commits, a server that restarts, versions side by side. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, type TestContext, test } from "node:test";
import { PliError } from "@pli/core/errors";
import pg from "pg";
import { startPostgres } from "../../../../../tools/services/postgres.ts";
import { sharedPostgres, testDatabase } from "../../../../../tools/services/shared-postgres.ts";
import { postgresPlace } from "../../testing/profiles.ts";
import { type Db, forUpdate, MigrationRefused, openDatabase, preparedInsert, type Tx } from "./index.ts";
import { type CuttableLine, openCuttableLine } from "./testing/cuttable-line.ts";

interface Organisation {
  organisation_id: string;
  name: string;
  created_at_ms: number;
}
const insert = preparedInsert<Organisation>("organisations", ["organisation_id", "name", "created_at_ms"]);
const row = (organisation_id: string, created_at_ms = 1): Organisation => ({
  organisation_id,
  name: "x",
  created_at_ms,
});
const isUnavailable = (error: unknown) =>
  error instanceof PliError && error.code === "unavailable" && (error.details.retryAfterSeconds ?? 0) > 0;

async function ids(db: Db): Promise<string[]> {
  const rows = await db.read.selectFrom("organisations").select("organisation_id").orderBy("organisation_id").execute();
  return rows.map((one) => one.organisation_id);
}

describe("a line that breaks", () => {
  let line: CuttableLine;
  let db: Db;
  const cleaning: (() => Promise<void> | void)[] = [];
  before(async () => {
    const url = new URL(await testDatabase({ after: (clean) => void cleaning.push(clean) }));
    line = await openCuttableLine(Number(url.port));
    url.port = String(line.port);
    db = await openDatabase(postgresPlace(url.href), () => 0);
    cleaning.push(
      () => line.close(),
      () => db.close(),
    );
  });
  after(async () => {
    for (const clean of cleaning.toReversed()) await clean();
  });

  test("Q10: a commit whose answer is lost is reported, never run again, and may have happened", async () => {
    for (const [when, kept] of [
      ["answered", true],
      ["before", false],
    ] as const) {
      let runs = 0;
      // As the simple query protocol ends it; the settings of a new connection have the word, too.
      line.cutAt("commit\0", when);
      const write = db.write(async (tx) => {
        runs += 1;
        await insert(tx, [row(`doubtful-${when}`)]);
      });
      await assert.rejects(write, isUnavailable);
      assert.equal(runs, 1);
      assert.equal((await ids(db)).includes(`doubtful-${when}`), kept);
    }
  });

  test("Q10: a line that breaks before the commit costs another run, and nothing is there twice", async () => {
    for (const text of ["begin isolation", "organisations"]) {
      let runs = 0;
      line.cutAt(text, "answered");
      await db.write(async (tx) => {
        runs += 1;
        await insert(tx, [row(`again ${text}`)]);
      });
      assert.ok(runs >= 1 && runs <= 2, String(runs));
      assert.equal((await ids(db)).filter((id) => id === `again ${text}`).length, 1);
    }
  });

  test("Q10: a read whose line breaks is asked again on another", async () => {
    line.cutAt("organisations", "before");
    assert.ok((await ids(db)).length > 0);
    line.cutAll();
    assert.ok((await ids(db)).length > 0);
  });
});

describe("writers side by side", () => {
  let db: Db;
  const cleaning: (() => Promise<void> | void)[] = [];
  before(async () => {
    const scope = { after: (clean: () => Promise<void> | void) => void cleaning.push(clean) };
    db = await openDatabase(postgresPlace(await testDatabase(scope), 20), () => 0);
    cleaning.push(() => db.close());
    await db.write((tx) => insert(tx, [row("left", 0), row("right", 0)]));
  });
  after(async () => {
    for (const clean of cleaning.toReversed()) await clean();
  });
  const numberOf = async (id: string) =>
    (await db.read.selectFrom("organisations").select("created_at_ms").where("organisation_id", "=", id).execute())[0]
      ?.created_at_ms;
  const add = async (tx: Tx, id: string) => {
    const found = tx.selectFrom("organisations").selectAll().where("organisation_id", "=", id);
    const before = (await forUpdate(tx, found).executeTakeFirst())?.created_at_ms ?? 0;
    await tx
      .updateTable("organisations")
      .set({ created_at_ms: before + 1 })
      .where("organisation_id", "=", id)
      .execute();
  };

  test("Q10: of a hundred that read and change one row none is lost", async () => {
    await Promise.all(Array.from({ length: 100 }, () => db.write((tx) => add(tx, "left"))));
    assert.equal(await numberOf("left"), 100);
  });

  test("Q10: two that hold rows crosswise are run again until both are done", async () => {
    const before = await numberOf("right");
    // Both have their first row before either asks for its second.
    let arrived = 0;
    let meet = () => {};
    const met = new Promise<void>((resume) => {
      meet = resume;
    });
    const crosswise = (first: string, second: string) =>
      db.write(async (tx) => {
        await add(tx, first);
        if (++arrived === 2) meet();
        await met;
        await add(tx, second);
      });
    await Promise.all([crosswise("left", "right"), crosswise("right", "left")]);
    assert.ok(arrived > 2, "they did not get into each other's way");
    assert.equal(await numberOf("right"), (before ?? 0) + 2);
  });

  test("Q10: a job that goes on after a failed statement is not taken for done", async () => {
    const write = db.write(async (tx) => {
      await insert(tx, [row("left")]).catch(() => {});
      return "done";
    });
    await assert.rejects(write);
  });

  test("Q10: what no text column can hold is the caller's fault, and no word of the engine gets out", async () => {
    const isBadInput = (error: unknown) => error instanceof PliError && error.code === "bad_input";
    await assert.rejects(
      db.write((tx) => insert(tx, [row("zero\0byte")])),
      isBadInput,
    );
    const taken = await db.write((tx) => insert(tx, [row("left")])).catch((error: unknown) => error);
    assert.ok(taken instanceof Error);
    assert.ok(!`${taken.message} ${JSON.stringify(taken)} ${String(taken.cause)}`.includes("left"));
  });

  test("Q10: integers come back as numbers, bytes as bytes, and texts compare byte by byte", async () => {
    await db.write(async (tx) => {
      await insert(tx, [row("big", Number.MAX_SAFE_INTEGER), row("É"), row("a"), row("B"), row("_")]);
      await tx
        .insertInto("seals")
        .values({
          envelope_id: "s",
          sealed_sender_key: null,
          sealed_key: new Uint8Array([0, 255, 92]),
          sealed_summary: null,
        })
        .execute();
    });
    assert.equal(await numberOf("big"), Number.MAX_SAFE_INTEGER);
    const [seal] = await db.read.selectFrom("seals").select("sealed_key").execute();
    assert.deepEqual([...(seal?.sealed_key ?? [])], [0, 255, 92]);
    const some = (await ids(db)).filter((id) => ["É", "a", "B", "_"].includes(id));
    assert.deepEqual(some, ["B", "_", "a", "É"]);
  });
});

describe("a server that goes and comes", () => {
  test("Q5/Q10: while it is away writes and reads say so at once; when it is back they work by themselves", async (t) => {
    const server = await startPostgres();
    t.after(() => server.stop());
    const db = await openDatabase(postgresPlace(await server.createDatabase()), () => 0);
    for (const how of ["fast", "immediate"] as const) {
      await db.write((tx) => insert(tx, [row(`before ${how}`)]));
      await server.halt(how);
      await assert.rejects(
        db.write((tx) => insert(tx, [row(`while ${how}`)])),
        isUnavailable,
      );
      await assert.rejects(ids(db), isUnavailable);
      await server.resume();
      await db.write((tx) => insert(tx, [row(`after ${how}`)]));
    }
    assert.deepEqual(await ids(db), ["after fast", "after immediate", "before fast", "before immediate"]);
    await db.close();
  });

  test("Q3/Q10: a standby behind the same address is neither read nor written; once promoted it is", async (t) => {
    const server = await startPostgres();
    t.after(() => server.stop());
    const db = await openDatabase(postgresPlace(await server.createDatabase()), () => 0);
    await db.write((tx) => insert(tx, [row("before")]));
    await server.halt("fast");
    await writeFile(join(server.folder, "data", "standby.signal"), "");
    await server.resume();
    await assert.rejects(ids(db), isUnavailable);
    await assert.rejects(
      db.write((tx) => insert(tx, [row("while")])),
      isUnavailable,
    );
    const administrator = new pg.Client({ connectionString: server.adminUrl });
    await administrator.connect();
    await administrator.query("select pg_promote()");
    await administrator.end();
    await db.write((tx) => insert(tx, [row("after")]));
    assert.deepEqual(await ids(db), ["after", "before"]);
    await db.close();
  });

  test("Q10: a commit is on the disk also where the server's default is not to wait for it", async (t) => {
    const server = await startPostgres({ settings: { synchronous_commit: "off", wal_writer_delay: "10s" } });
    t.after(() => server.stop());
    const db = await openDatabase(postgresPlace(await server.createDatabase()), () => 0);
    for (let round = 0; round < 2; round++) {
      await db.write((tx) => insert(tx, [row(`round ${round}`)]));
      await server.halt("immediate");
      await server.resume();
    }
    assert.equal((await ids(db)).length, 2);
    await db.close();
  });
});

describe("versions side by side", () => {
  const place = async (t: TestContext) => postgresPlace(await testDatabase(t));

  test("Q3: ten nodes that start together migrate once", async (t) => {
    const cleaning: Db[] = [];
    const where = await place({
      after: (clean: () => Promise<void> | void) => closeFirst(t, cleaning, clean),
    } as TestContext);
    cleaning.push(...(await Promise.all(Array.from({ length: 10 }, () => openDatabase(where, () => 7)))));
    const applied = await cleaning[0]?.read.selectFrom("pli_migrations").selectAll().execute();
    assert.deepEqual(new Set(applied?.map(({ applied_at_ms }) => applied_at_ms)), new Set([7]));
  });

  test("Q3: a node refuses a database that a newer version has used, and says so", async (t) => {
    const where = await place(t);
    const db = await openDatabase(where, () => 0);
    await db.write((tx) => tx.insertInto("pli_migrations").values({ name: "9999_later", applied_at_ms: 1 }).execute());
    await db.close();
    await assert.rejects(
      openDatabase(where, () => 0),
      (error: unknown) => {
        assert.ok(error instanceof MigrationRefused);
        assert.match(error.message, /newer version.*9999_later/);
        return true;
      },
    );
  });

  test("Q3: statements prepared before a column was added go on working", async (t) => {
    const cleaning: Db[] = [];
    const scope = { after: (clean: () => Promise<void> | void) => closeFirst(t, cleaning, clean) } as TestContext;
    const url = await testDatabase(scope);
    const db = await openDatabase(postgresPlace(url, 5), () => 0);
    cleaning.push(db);
    const all = () => db.read.selectFrom("organisations").selectAll().execute();
    const allInWrite = () => db.write((tx) => tx.selectFrom("organisations").selectAll().execute());
    await Promise.all([...Array.from({ length: 20 }, all), ...Array.from({ length: 20 }, allInWrite)]);
    const newer = new pg.Client({ connectionString: url });
    await newer.connect();
    await newer.query("alter table organisations add column later text");
    await newer.end();
    await Promise.all([...Array.from({ length: 20 }, all), ...Array.from({ length: 20 }, allInWrite)]);
  });

  test("Q3: a wrong password is told as a database that does not answer, without the password", async (t) => {
    const url = new URL(await testDatabase(t));
    url.password = "wrong-and-secret";
    const error = await openDatabase(postgresPlace(url.href), () => 0).catch((thrown: unknown) => thrown);
    assert.ok(isUnavailable(error));
    assert.ok(error instanceof Error && !`${error.stack} ${String(error.cause)}`.includes("wrong-and-secret"));
    assert.ok((await sharedPostgres()).startsWith("postgres://"));
  });
});

describe("what was destroyed", () => {
  test("Z8: every table in which keys or secrets were is vacuumed", async (t) => {
    const cleaning: Db[] = [];
    const scope = { after: (clean: () => Promise<void> | void) => closeFirst(t, cleaning, clean) } as TestContext;
    const url = await testDatabase(scope);
    const db = await openDatabase(postgresPlace(url), () => 0);
    cleaning.push(db);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const namesOf = async (query: string) =>
      (await client.query<{ name: string }>(query)).rows.map(({ name }) => name).toSorted();
    const holding = await namesOf(`select distinct table_name as name from information_schema.columns
      where table_schema = current_schema() and column_name ~ '^(wrapped|sealed)_|^(secret|content)$'`);
    assert.ok(holding.includes("grants") && holding.includes("secrets"), String(holding));
    await db.emptyLog();
    const done = new Set(await namesOf("select relname as name from pg_stat_user_tables where vacuum_count > 0"));
    await client.end();
    assert.deepEqual(
      holding.filter((name) => !done.has(name)),
      [],
    );
  });
});

/** Hooks of a test run in the order of their making: the database goes when nobody stands on it any more. */
function closeFirst(t: TestContext, dbs: readonly Db[], clean: () => Promise<void> | void): void {
  t.after(async () => {
    for (const db of dbs) await db.close();
    await clean();
  });
}
