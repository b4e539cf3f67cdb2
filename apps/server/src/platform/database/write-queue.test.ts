/** The write queue's promises: all settle, whatever breaks; a failing job harms no other; nothing of a failed one is kept. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { sqliteConnection } from "./dialect/sqlite.ts";
import { createWriteQueue } from "./write-queue.ts";

function open() {
  const database = new DatabaseSync(":memory:");
  database.exec("create table numbers (number integer primary key)");
  const connection = sqliteConnection(database);
  const queue = createWriteQueue(connection);
  const insert = (number: number) => connection.run("insert into numbers values (?)", [number]);
  const numbers = () =>
    database
      .prepare("select number from numbers order by number")
      .all()
      .map((row) => row.number);
  return { database, queue, insert, numbers };
}

test("Q10: a job that fails takes back what it did, and no other job's work", async () => {
  const { queue, insert, numbers } = open();
  const outcomes = await Promise.allSettled([
    queue.submit(() => insert(1)),
    queue.submit(async () => {
      await insert(2);
      throw new Error("changed its mind");
    }),
    queue.submit(() => insert(1)),
    queue.submit(() => insert(3)),
  ]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ["fulfilled", "rejected", "rejected", "fulfilled"],
  );
  assert.deepEqual(numbers(), [1, 3]);
});

test("Q10: jobs that run again beside one that failed are written once, in their order", async () => {
  const { database, queue, insert, numbers } = open();
  const runs: number[] = [];
  const job = (number: number) => async () => {
    runs.push(number);
    await insert(number);
    if (number === 2) throw new Error("changed its mind");
    return Number(database.prepare("select count(*) as rows from numbers").get()?.rows);
  };
  const outcomes = await Promise.allSettled([1, 2, 3].map((number) => queue.submit(job(number))));
  assert.deepEqual(
    outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : null)),
    [1, null, 2],
  );
  assert.deepEqual(runs, [1, 2, 1, 2, 3]);
  assert.deepEqual(numbers(), [1, 3]);
  assert.equal(database.isTransaction, false);
});

test("Q10: a job alone that fails takes back what it did", async () => {
  const { queue, insert, numbers } = open();
  const job = queue.submit(async () => {
    await insert(1);
    throw new Error("changed its mind");
  });
  await assert.rejects(job, /changed its mind/);
  await queue.submit(() => insert(2));
  assert.deepEqual(numbers(), [2]);
});

test("Q10: writes to a database that is closed are refused, not left waiting", { timeout: 5000 }, async () => {
  const { database, queue, insert } = open();
  database.close();
  await assert.rejects(queue.submit(() => insert(1)));
  await assert.rejects(queue.submit(() => insert(2)));
  await queue.idle();
});
