/** Types, lint and fences as tests, so that one summary counts everything. Each runs as a developer would run it. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import { ROOT } from "./repository.ts";

async function run(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  const pieces: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (piece: string) => pieces.push(piece));
  const code = await new Promise<number | null>((finish) => child.on("close", finish));
  return { code, output: pieces.join("").slice(-8000) };
}

const CHECKS: readonly (readonly [title: string, args: readonly string[]])[] = [
  [
    "types of the core, which has neither page nor Node",
    ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "packages/core"],
  ],
  [
    "types of what browsers run, the oldest of them",
    ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.browser.json"],
  ],
  ["types of the whole tree", ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "."]],
  ["lint and format", ["node_modules/@biomejs/biome/bin/biome", "check", "."]],
  ["fences, texts, licences, traces of a machine", ["tools/fences.ts"]],
  ["pages within their weight", ["tools/page-weight.ts"]],
];

for (const [title, args] of CHECKS) {
  test(`repository: ${title}`, async () => {
    const { code, output } = await run(args);
    assert.equal(code, 0, output);
  });
}
