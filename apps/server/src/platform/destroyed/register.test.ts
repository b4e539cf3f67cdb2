/** Both registers against their contract; and a file that a power cut has torn. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFile, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createFsStore } from "../blobs/index.ts";
import { openFileRegister, openStoreRegister } from "./index.ts";
import { NOW_MS, registerContract } from "./register.contract.ts";

const made: string[] = [];
after(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pli-register-"));
  made.push(folder);
  return folder;
}

registerContract("folder", async () => {
  const folder = join(await newFolder(), "destroyed");
  return { open: (atMs) => openFileRegister(folder, () => atMs) };
});

registerContract("blob store", async () => {
  const folder = await newFolder();
  return { open: (atMs) => openStoreRegister(createFsStore(folder), () => atMs) };
});

test("Z8: a torn last line is told, and spoils no other; the files are their owner's alone", async () => {
  const folder = await newFolder();
  const first = openFileRegister(folder, () => NOW_MS);
  await first.note([{ at: NOW_MS, envelope: "whole", how: "revoked" }]);
  await first.close();
  const [file = ""] = await readdir(folder);
  await appendFile(join(folder, file), '{"at":17');
  const second = openFileRegister(folder, () => NOW_MS);
  await second.note([{ at: NOW_MS, envelope: "later", how: "revoked" }]);
  assert.deepEqual(await Array.fromAsync(second.read(0)), [
    { at: NOW_MS, envelope: "whole", how: "revoked" },
    null,
    { at: NOW_MS, envelope: "later", how: "revoked" },
  ]);
  await second.close();
  assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600);
});

test("Z8: a line that a full disk has torn spoils none of those after it", {
  skip: process.platform !== "linux",
}, async () => {
  const folder = await newFolder();
  const register = openFileRegister(folder, () => NOW_MS);
  const line = (envelope: string) => ({ at: NOW_MS, envelope, how: "revoked" }) as const;
  await register.note([line("before")]);
  const limit = (bytes: string) =>
    execFileSync("prlimit", ["--pid", String(process.pid), `--fsize=${bytes}:unlimited`]);
  limit("100");
  try {
    await assert.rejects(register.note([line("torn".repeat(50))]));
  } finally {
    limit("unlimited");
  }
  await register.note([line("after")]);
  assert.deepEqual(await Array.fromAsync(register.read(0)), [line("before"), null, line("after")]);
  await register.close();
});
