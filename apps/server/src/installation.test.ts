/** The key file on its way to another installation. */
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { placeServerKey } from "./installation.ts";

test("Q6: a key file arrives whole and its owner's alone, again is fine, and none is replaced", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "pli-key-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const from = join(folder, "from");
  const to = join(folder, "new", "server.key");
  await placeServerKey(from, to);
  await assert.rejects(readFile(to), { code: "ENOENT" });
  await writeFile(from, `${"ab".repeat(32)}\n`, { mode: 0o644 });
  await placeServerKey(from, to);
  await placeServerKey(from, to);
  assert.deepEqual(await readFile(to), await readFile(from));
  assert.equal((await stat(to)).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(join(folder, "new")), ["server.key"]);
  await writeFile(from, "cd".repeat(32));
  await assert.rejects(placeServerKey(from, to), /another key/);
});
