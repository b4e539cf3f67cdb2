/** The list of a release says the same wherever it is made, and names every file that a browser can load. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFile, cp, mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { readReleaseList } from "@pli/client/verify-server";
import { PliError } from "@pli/core/errors";
import { temporaryFolder } from "../e2e/harness.ts";
import { buildWeb } from "./build.ts";
import { LIST_NAME } from "./release-list.ts";
import { ROOT, repositoryFiles } from "./repository.ts";

const DIST = join(ROOT, "apps/web/dist");
const SOURCES = /^(apps|packages|tools)\/|^(package(-lock)?|tsconfig\.base)\.json$/;

/** Programs that make the build and whose own files are no part of it: they may lie anywhere. */
const PROGRAMS =
  /^(node-|@biomejs|@napi-rs|@typescript|typescript|@rolldown|rolldown|vite|lightningcss|playwright-core|@babel|@opentelemetry)/;

/** The tree as a clone elsewhere would have it, with the packages that end up in pages really there: the bundler looks where they lie. */
async function copyTree(folder: string): Promise<void> {
  for (const file of repositoryFiles().filter((name) => SOURCES.test(name))) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await copyFile(join(ROOT, file), join(folder, file));
  }
  for (const workspace of ["", "apps/server", "apps/web", "packages/client", "packages/core"]) {
    const modules = join(workspace, "node_modules");
    const names = await readdir(join(ROOT, modules)).catch(() => []);
    await mkdir(join(folder, modules), { recursive: true });
    for (const name of names.filter((one) => !one.startsWith("."))) {
      const [from, to] = [join(ROOT, modules, name), join(folder, modules, name)];
      if (PROGRAMS.test(name)) await symlink(from, to);
      else await cp(from, to, { recursive: true, verbatimSymlinks: true });
    }
  }
}

async function filesOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const named = files.map(async (path) => [path.slice(folder.length + 1), (await readFile(path)).toString("base64")]);
  return new Map((await Promise.all(named)) as [string, string][]);
}

test("Q9: a build in another folder has the same bytes, file by file, and so the same list and check page", async (t) => {
  const folder = await temporaryFolder(t, "pli-elsewhere");
  await copyTree(folder);
  await buildWeb();
  const run = (root: string, to: string) => {
    const made = spawnSync(process.execPath, [join(root, "tools/release-hashes.ts"), to], {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: process.env.PATH, TZ: "Pacific/Kiritimati" },
    });
    assert.equal(made.status, 0, made.stderr);
    return made.stdout;
  };
  const [here, there] = [run(ROOT, join(folder, "here")), run(folder, join(folder, "there"))];
  const [own, other] = [await filesOf(DIST), await filesOf(join(folder, "apps/web/dist"))];
  const differing = [...own.keys(), ...other.keys()].filter((name) => own.get(name) !== other.get(name));
  assert.deepEqual([...new Set(differing)], []);
  assert.ok(own.size > 300);
  assert.equal(here, there);
  assert.match(here, /^[0-9a-f]{64} {2}release-hashes\.json\n[0-9a-f]{64} {2}verify-server\.html\n$/);
  for (const [name, content] of own) {
    const text = Buffer.from(content, "base64").toString("latin1");
    assert.ok(!text.includes(ROOT) && !text.includes(folder), `${name} names a folder of this machine`);
  }
});

test("Q9: the list names every built file once and reads back; a changed list is refused", async () => {
  await buildWeb();
  const text = await readFile(join(DIST, LIST_NAME), "utf8");
  const list = readReleaseList(text);
  const paths = list.files.map(({ path }) => path);
  assert.deepEqual(paths, [...new Set(paths)].sort());
  const built = (await readdir(join(DIST, "assets"), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(DIST.length));
  assert.deepEqual(
    built.filter((path) => !paths.includes(path)),
    [],
  );
  for (const path of ["/", "/app", "/app/*", "/o/*", "/api"]) assert.ok(paths.includes(path), path);
  assert.match(list.policy, /require-trusted-types-for 'script'/);
  const bad = (changed: string) =>
    assert.throws(
      () => readReleaseList(changed),
      (error) => error instanceof PliError && error.code === "bad_input",
      changed.slice(0, 80),
    );
  bad("[]");
  bad(text.slice(1));
  bad(text.replace('"kind":"page"', '"kind":"thing"'));
  bad(text.replace(/"sha256":"./, '"sha256":"'));
  bad(text.replace('"path":"/"', '"path":"//elsewhere.example/"'));
  bad(text.replace('"guarded":true', '"guarded":1'));
  bad(text.replace(/"sizeBytes":\d+/, '"sizeBytes":-1'));
  bad(JSON.stringify({ ...list, files: list.files.filter(({ kind }) => kind !== "page") }));
});

test("the heads of pages name files that are there", async () => {
  await buildWeb();
  const folder = join(DIST, ".hints");
  const pages = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  assert.deepEqual(pages.toSorted(), ["app.html.json", "open.html.json", "receipt.html.json", "secret.html.json"]);
  for (const page of pages) {
    const hints = JSON.parse(await readFile(join(folder, page), "utf8")) as {
      scripts: string[];
      texts: Record<string, string[]>;
    };
    for (const path of [...hints.scripts, ...Object.values(hints.texts).flat()]) await readFile(join(DIST, path));
  }
});
