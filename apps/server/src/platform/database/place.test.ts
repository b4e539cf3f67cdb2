/** Addresses of PostgreSQL: what is taken, what is refused in words that quote nothing, where a password comes from. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { isExposed, PlaceError, parsePostgresUrl, placeName } from "./place.ts";

const none = { password: undefined, file: undefined };
const parse = (url: string, passwords: Parameters<typeof parsePostgresUrl>[1] = none) =>
  parsePostgresUrl(url, passwords, 10);

test("Q2: an address is taken apart as libpq does", () => {
  const place = parse("postgres://pli:p%40ss%25@db.example.org:6432/mails?sslmode=verify-full");
  assert.deepEqual(place, {
    engine: "postgres",
    host: "db.example.org",
    port: 6432,
    database: "mails",
    user: "pli",
    password: "p@ss%",
    tls: { mode: "verify-full", authorities: null },
    connections: 10,
  });
  assert.equal(parse("postgresql://pli@db/pli").port, 5432);
  assert.equal(parse("postgres://pli@[::1]/pli").host, "::1");
  for (const url of [
    "postgres:///pli?user=pli&host=/var/run/postgresql",
    "postgres://pli@%2Fvar%2Frun%2Fpostgresql/pli",
  ])
    assert.equal(parse(url).host, "/var/run/postgresql");
});

test("Q2: what is wrong is told without the address, which holds a password", () => {
  const wrong = [
    "mysql://pli:secret@db/pli",
    "not an address: secret",
    "postgres://pli:secret@db/",
    "postgres://:secret@db/pli",
    "postgres://pli:secret%zz@db/pli",
    "postgres://pli:secret@db/pli?sslmode=prefer",
    "postgres://pli:secret@db/pli?sslmode=require&sslrootcert=/no/such/file",
    "postgres://pli:secret@db/pli?options=-csecret",
  ];
  for (const url of wrong) {
    assert.throws(
      () => parse(url),
      (error: unknown) => {
        assert.ok(error instanceof PlaceError, url);
        assert.ok(error.message.length > 5 && error.cure.length > 5);
        assert.ok(!`${error.message}${error.cure}${error.stack}`.includes("secret"));
        return true;
      },
    );
  }
  assert.ok(!placeName(parse("postgres://pli:secret@db/pli")).includes("secret"));
});

test("Q2: a password comes from the address, from PGPASSWORD, or from the line of PGPASSFILE that fits", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "pli-passwords-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "pgpass");
  await writeFile(file, "# ours\nother:5432:pli:pli:wrong\ndb:5432:*:pli:with\\:colon\n*:*:*:*:last\n");
  assert.equal(parse("postgres://pli:own@db/pli", { password: "set", file }).password, "own");
  assert.equal(parse("postgres://pli@db/pli", { password: "set", file }).password, "set");
  assert.equal(parse("postgres://pli@db/pli", { password: undefined, file }).password, "with:colon");
  assert.equal(parse("postgres://sam@db/pli", { password: undefined, file }).password, "last");
  assert.equal(parse("postgres://pli@db/pli").password, null);
});

test("Q9: a way that others can listen on is known as such", () => {
  assert.equal(isExposed(parse("postgres://pli@db.example.org/pli")), true);
  assert.equal(isExposed(parse("postgres://pli@db.example.org/pli?sslmode=require")), false);
  assert.equal(isExposed(parse("postgres://pli@127.0.0.1/pli")), false);
  assert.equal(isExposed(parse("postgres:///pli?user=pli&host=/var/run/postgresql")), false);
});
