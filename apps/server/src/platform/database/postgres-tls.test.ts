/** The way to PostgreSQL: encrypted when asked, to a known authority when asked, and refused when the server is somebody else. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PliError } from "@pli/core/errors";
import { startPostgres } from "../../../../../tools/services/postgres.ts";
import { postgresPlace } from "../../testing/profiles.ts";
import { examinePostgres } from "./examine-postgres.ts";
import { openDatabase } from "./index.ts";

test("Q9: sslmode means what it says, from require to verify-full", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "pli-tls-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const certificate = join(folder, "server.crt");
  const key = join(folder, "server.key");
  const made = spawnSync("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"],
    ...["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
  ]);
  assert.equal(made.status, 0, String(made.stderr));
  const server = await startPostgres({
    settings: { ssl: "on" },
    files: { "server.crt": await readFile(certificate, "utf8"), "server.key": await readFile(key, "utf8") },
  });
  t.after(() => server.stop());
  const url = await server.createDatabase();
  const by = (host: string, parameters: string) => {
    const other = new URL(`${url}?${parameters}`);
    other.hostname = host;
    return postgresPlace(other.href);
  };
  const facts = async (...where: Parameters<typeof by>) => {
    const found = await examinePostgres(by(...where));
    return typeof found === "string" ? found : found.encrypted;
  };
  assert.equal(await facts("127.0.0.1", "sslmode=disable"), false);
  assert.equal(await facts("127.0.0.1", "sslmode=require"), true);
  assert.equal(await facts("127.0.0.1", "sslmode=verify-ca"), "unreachable", "an authority that nobody knows");
  assert.equal(await facts("127.0.0.1", `sslmode=verify-ca&sslrootcert=${certificate}`), true);
  assert.equal(
    await facts("127.0.0.1", `sslmode=verify-full&sslrootcert=${certificate}`),
    "unreachable",
    "another name",
  );
  assert.equal(await facts("localhost", `sslmode=verify-full&sslrootcert=${certificate}`), true);
  const db = await openDatabase(by("localhost", `sslmode=verify-full&sslrootcert=${certificate}`), () => 0);
  await db.write(async () => undefined);
  await db.close();
  const refused = openDatabase(by("127.0.0.1", `sslmode=verify-full&sslrootcert=${certificate}`), () => 0);
  await assert.rejects(refused, (error: unknown) => error instanceof PliError && error.code === "unavailable");
});
