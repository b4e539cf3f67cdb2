/** The table copier: whatever a table holds comes out of it, through text, and into another database as it was. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { type Db, openDatabase } from "../index.ts";
import {
  decodeRow,
  digestTable,
  encodeRow,
  finishedCopy,
  insertRows,
  markCopying,
  markFinished,
  ownSqlite,
  type Row,
  readRows,
  readShapes,
  requireFinishedCopy,
  snapshotSqlite,
  type TableShape,
  unfinishedCopy,
} from "./index.ts";

describe("table copier", () => {
  let folder: string;
  let db: Db;
  let shapes: readonly TableShape[];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "pli-copy-"));
    db = await openDatabase({ engine: "sqlite", path: join(folder, "pli.db") }, () => 0);
    shapes = await readShapes(db.read);
  });
  after(async () => {
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });
  const shape = (name: string): TableShape => {
    const found = shapes.find((one) => one.name === name);
    assert.ok(found !== undefined);
    return found;
  };
  const all = async (of: TableShape): Promise<Row[]> => (await Array.fromAsync(readRows(db.read, of))).flat();

  test("Q6: every table that holds data is known, with its key; what tells of the copy is not data", () => {
    const names = shapes.map(({ name }) => name);
    for (const name of ["envelopes", "grants", "seals", "journal", "outbox", "members"])
      assert.ok(names.includes(name));
    assert.ok(!names.includes("pli_migrations"));
    assert.deepEqual(shape("parts").key, ["envelope_id", "part"]);
    assert.equal(shape("seals").columns.find(({ name }) => name === "sealed_key")?.kind, "bytes");
  });

  test("Q4: text, 53-bit numbers, bytes and nulls make the round trip through lines, whatever they are", async () => {
    // PostgreSQL's text holds everything but NUL and halves of pairs.
    const text = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
      .map((value) => value.replaceAll("\0", ""));
    const values = {
      text,
      integer: fc.maxSafeInteger(),
      bytes: fc.uint8Array({ maxLength: 200 }),
    } as const;
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("seals", "journal", "outbox", "envelopes", "parts"),
        fc.gen(),
        async (name, g) => {
          const table = shape(name);
          run += 1;
          const row: Row = table.columns.map(({ name: column, kind }) => {
            if (column === table.key[0]) return `row ${run}`;
            if (kind === "bytes" && g(fc.boolean)) return null;
            const value: fc.Arbitrary<string | number | Uint8Array> = values[kind];
            return g(() => value);
          });
          await db.write((tx) => insertRows(tx, table, [decodeRow(table, encodeRow(row))]));
          const at = table.columns.findIndex((column) => column.name === table.key[0]);
          const found = (await all(table)).find((one) => one[at] === `row ${run}`);
          assert.equal(encodeRow(found ?? []), encodeRow(row));
        },
      ),
      { numRuns: 100 },
    );
  });

  test("Q4: many pages, a key of two columns: every row once; the digest does not ask for an order; again changes nothing", async () => {
    const table = shape("parts");
    const place = (column: string) => table.columns.findIndex(({ name }) => name === column);
    const rows: Row[] = Array.from({ length: 2203 }, (_, index) => {
      const row: (string | number)[] = [];
      row[place("envelope_id")] = `many${String(index % 7)}`;
      row[place("part")] = index;
      row[place("sha256")] = "x";
      for (const column of ["generation", "chunks", "size_bytes"]) row[place(column)] = index;
      return row;
    });
    await db.write((tx) => insertRows(tx, table, rows.toReversed()));
    await db.write((tx) => insertRows(tx, table, rows));
    const found = (await all(table)).filter((row) => String(row[place("envelope_id")]).startsWith("many"));
    assert.equal(found.length, rows.length);
    assert.equal(new Set(found.map(encodeRow)).size, rows.length);

    const other = await openDatabase({ engine: "sqlite", path: join(folder, "other.db") }, () => 0);
    for await (const page of readRows(db.read, table))
      await other.write((tx) => insertRows(tx, table, page.toReversed()));
    assert.equal((await digestTable(other.read, table)).value(), (await digestTable(db.read, table)).value());
    await other.write((tx) => tx.updateTable("parts").set({ size_bytes: 5 }).where("part", "=", 1000).execute());
    assert.notEqual((await digestTable(other.read, table)).value(), (await digestTable(db.read, table)).value());
    await other.close();
  });

  test("Q6: a snapshot is one instant; a database in use is not given to one alone", async () => {
    const path = join(folder, "live.db");
    const live = await openDatabase({ engine: "sqlite", path }, () => 0);
    const add = (id: string) =>
      live.write((tx) =>
        tx.insertInto("organisations").values({ organisation_id: id, name: "x", created_at_ms: 1 }).execute(),
      );
    await add("before");
    const snapshot = await snapshotSqlite(path, join(folder, "snapshot.db"));
    await add("after");
    const kept = await snapshot.read.selectFrom("organisations").select("organisation_id").execute();
    assert.deepEqual(
      kept.map((row) => row.organisation_id),
      ["before"],
    );
    await snapshot.close();
    assert.ok(!(await readdir(folder)).some((name) => name.startsWith("snapshot.db")));
    await assert.rejects(ownSqlite(path, "Stop it first"), /Stop it first/);
    await live.close();
    const own = await ownSqlite(path, "Stop it first");
    await assert.rejects(ownSqlite(path, "Stop it first"), /Stop it first/);
    await own.close();
  });

  test("Q4: a database that a copy left unfinished says so until the copy is done", async () => {
    await requireFinishedCopy(db.read);
    await db.write((tx) => markCopying(tx, "here"));
    assert.deepEqual(await unfinishedCopy(db.read), { origin: "here", tablesDone: false });
    await assert.rejects(requireFinishedCopy(db.read), /same command again/);
    assert.equal(await finishedCopy(db.read), null);
    await db.write((tx) => markFinished(tx));
    await requireFinishedCopy(db.read);
    assert.equal(await finishedCopy(db.read), "here");
  });
});
