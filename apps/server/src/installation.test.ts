/** The files of an installation: whose they are, and the key file on its way to another one. */
import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { placeServerKey } from "./installation.ts";
import { createServer, readConfig } from "./server.ts";
import { sendBlindly } from "./testing/blind-sender.ts";
import { createWorld } from "./testing/world.ts";

test("Q6: nothing that a server keeps can be read by others, in a folder that they may enter", async (t) => {
  const dataFolder = await mkdtemp(join(tmpdir(), "pli-open-"));
  t.after(() => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 }));
  await mkdir(join(dataFolder, "data"));
  await chmod(join(dataFolder, "data"), 0o755);
  const world = await createWorld(t, {}, { dataFolder: join(dataFolder, "data") });
  await sendBlindly(world, world.owner);
  const openToOthers = async () => {
    const open: string[] = [];
    for (const entry of await readdir(world.dataFolder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      if (((await stat(join(entry.parentPath, entry.name))).mode & 0o007) !== 0) open.push(entry.name);
    }
    return open;
  };
  assert.ok((await readdir(world.dataFolder)).includes("pli.db-wal"));
  assert.deepEqual(await openToOthers(), []);

  // As an earlier version made them; a group that the operator let in stays.
  for (const name of ["pli.db", "pli.db-wal", "pli.db-shm"]) await chmod(join(world.dataFolder, name), 0o644);
  const second = await createServer(readConfig({ ...world.settings, PLI_PORT: "0" }));
  t.after(() => second.close());
  assert.deepEqual(await openToOthers(), []);
  assert.equal((await stat(join(world.dataFolder, "pli.db"))).mode & 0o777, 0o640);
});

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
