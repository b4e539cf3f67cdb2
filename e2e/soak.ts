/**
 * The faults of the cluster's tests over and over, for as long as somebody has: the same schedule again by its seed.
 *
 *   npm run soak -- --rounds 50              fifty rounds of each fault; the seed is printed
 *   npm run soak -- --rounds 50 --seed 7     the same again
 *   npm run soak -- --rounds 50 standby      only the files whose name contains one of the words
 */
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT, repositoryFiles } from "../tools/repository.ts";

const CLUSTER = /^e2e\/cluster-[\w-]+\.test\.ts$/;
const ROUNDS = 20;

const { values, positionals } = parseArgs({
  options: { rounds: { type: "string" }, seed: { type: "string" } },
  allowPositionals: true,
});
const seed = values.seed ?? String(randomInt(2 ** 31));
const rounds = values.rounds ?? String(ROUNDS);
const isWanted = (name: string) => positionals.length === 0 || positionals.some((word) => name.includes(word));
const files = repositoryFiles().filter((name) => CLUSTER.test(name) && isWanted(name));
if (files.length === 0 || !/^[1-9]\d*$/.test(rounds) || !/^\d+$/.test(seed)) {
  process.stderr.write("Usage: npm run soak -- [--rounds N] [--seed S] [faults|standby|disk|clock]\n");
  process.exitCode = 2;
} else {
  process.stdout.write(
    `${rounds} rounds of each fault. The same again: npm run soak -- --rounds ${rounds} --seed ${seed}\n`,
  );
  // One file after the other: each has a machine's worth of servers.
  const args = ["--test", "--test-reporter=spec", "--test-concurrency=1", ...files.map((name) => join(ROOT, name))];
  const env = { ...process.env, PLI_SOAK_ROUNDS: rounds, PLI_SOAK_SEED: seed };
  const run = spawn(process.execPath, args, { cwd: ROOT, stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => run.kill(signal));
  run.on("close", (status) => {
    process.exitCode = status ?? 1;
  });
}
