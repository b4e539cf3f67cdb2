/** What every database keeps to, whatever its engine: all or nothing, one after the other, statements compiled once. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import fc from "fast-check";
import { onBothProfiles } from "../../testing/profiles.ts";
import { suiteScope } from "../../testing/world.ts";
import {
  afterCommit,
  type DatabasePlace,
  type Db,
  forUpdate,
  ID_PATTERN,
  isUniqueViolation,
  newId,
  openDatabase,
  preparedInsert,
  preparedRead,
} from "./index.ts";

interface Organisation {
  organisation_id: string;
  name: string;
  created_at_ms: number;
}
const insert = preparedInsert<Organisation>("organisations", ["organisation_id", "name", "created_at_ms"]);
const byId = preparedRead<{ id: string }, Organisation>((db, values) =>
  db.selectFrom("organisations").selectAll().where("organisation_id", "=", values.id),
);
const heldById = preparedRead<{ id: string }, Organisation>((db, values) =>
  forUpdate(db, db.selectFrom("organisations").selectAll().where("organisation_id", "=", values.id)),
);
const row = (organisation_id: string): Organisation => ({ organisation_id, name: "x", created_at_ms: 1 });

onBothProfiles((profile) => {
  describe("database", () => {
    const scope = suiteScope();
    let place: DatabasePlace;
    let db: Db;
    before(async () => {
      place = await profile.place(scope);
      db = await openDatabase(place, () => 0);
      scope.after(() => db.close());
    });
    const names = async () => (await db.read.selectFrom("organisations").select("organisation_id").execute()).length;

    test("Q10: of jobs that share a commit, the one that fails leaves nothing, the others all", async () => {
      const jobs = Array.from({ length: 40 }, (_, index) =>
        db.write(async (tx) => {
          await insert(tx, [row(`shared${index}`)]);
          if (index % 4 === 0) throw new Error("changed my mind");
          return index;
        }),
      );
      const settled = await Promise.allSettled(jobs);
      assert.equal(settled.filter(({ status }) => status === "rejected").length, 10);
      assert.equal(await names(), 30);
      assert.deepEqual(await byId(db.read, { id: "shared4" }), []);
      assert.equal((await byId(db.read, { id: "shared5" }))[0]?.name, "x");
    });

    test("Q10: rows inserted together that fail at the last one leave none, alone or beside others' jobs", async () => {
      const before = await names();
      const three = (prefix: string) => [row(`${prefix}1`), row(`${prefix}2`), row(`${prefix}1`)];
      await assert.rejects(
        db.write((tx) => insert(tx, three("alone"))),
        isUniqueViolation,
      );
      const outcomes = await Promise.allSettled([
        db.write((tx) => insert(tx, [row("beside1"), row("beside2")])),
        db.write((tx) => insert(tx, three("among"))),
        db.write((tx) => insert(tx, [row("among1")])),
      ]);
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ["fulfilled", "rejected", "fulfilled"],
      );
      assert.equal(await names(), before + 3);
    });

    test("Q10: what a job read and wrote, the next one in the same commit sees", async () => {
      await db.write((tx) => insert(tx, [row("counter")]));
      const add = () =>
        db.write(async (tx) => {
          const [found] = await heldById(tx, { id: "counter" });
          const created_at_ms = (found?.created_at_ms ?? 0) + 1;
          await tx
            .updateTable("organisations")
            .set({ created_at_ms })
            .where("organisation_id", "=", "counter")
            .execute();
        });
      await Promise.all(Array.from({ length: 100 }, add));
      assert.equal((await byId(db.read, { id: "counter" }))[0]?.created_at_ms, 101);
    });

    test("Q10: a key that is taken is told apart from other faults", async () => {
      await db.write((tx) => insert(tx, [row("taken")]));
      await assert.rejects(
        db.write((tx) => insert(tx, [row("taken")])),
        isUniqueViolation,
      );
    });

    test("Q11: what waits for a commit runs once it can be seen, and never for a job that was taken back", async () => {
      const seen: string[] = [];
      const looking: Promise<unknown>[] = [];
      const look = (id: string) => () =>
        void looking.push(byId(db.read, { id }).then((rows) => seen.push(`${id} ${rows.length}`)));
      await Promise.allSettled([
        db.write(async (tx) => {
          afterCommit(tx, look("kept"));
          await insert(tx, [row("kept")]);
        }),
        db.write(async (tx) => {
          afterCommit(tx, look("taken back"));
          await insert(tx, [row("taken back")]);
          throw new Error("changed my mind");
        }),
      ]);
      await Promise.all(looking);
      assert.deepEqual(seen, ["kept 1"]);
    });

    test("Q3: what is read under one number is still so under the same number, whoever wrote", async () => {
      const node = await openDatabase(place, () => 0);
      const before = db.version();
      await (profile.name === "cluster" ? node : db).write((tx) => insert(tx, [row("news")]));
      assert.notEqual(db.version(), before);
      await node.close();
    });

    test("M5: more rows than one statement takes are inserted all", async () => {
      const rows = Array.from({ length: 12_000 }, (_, index) => row(`many${index}`));
      const before = await names();
      await db.write((tx) => insert(tx, rows));
      assert.equal(await names(), before + 12_000);
    });

    test("Q10: a write after the end is refused, not forgotten", async () => {
      const other = await openDatabase(place, () => 0);
      await other.close();
      await assert.rejects(other.write((tx) => insert(tx, [row("late")])));
    });

    test("ids sort by their time and are never the same", () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.integer({ min: 1, max: 10_000 }), (atMs, laterMs) => {
          const [one, two] = [newId(atMs), newId(atMs + laterMs)];
          assert.match(one, ID_PATTERN);
          assert.ok(one < two);
          assert.notEqual(one, newId(atMs));
        }),
      );
    });
  });
});
