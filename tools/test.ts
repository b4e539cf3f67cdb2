/**
 * The one test runner: every `*.test.ts` of the tree by `node --test`, after building the web application and finding Chromium
 * (installed from the system's packages when missing and when we may), with one PostgreSQL for all that ask for databases. Node's own summary comes last and the exit code is its own.
 * Types, lint and fences are tests too (tools/checks.test.ts), so one summary counts everything.
 *
 *   node tools/test.ts                 everything
 *   node tools/test.ts --quick         no browser, no other processes: what is left is done in seconds
 *   node tools/test.ts PATH…           files whose path contains one of the words
 *   node tools/test.ts --name PATTERN  tests whose title matches, such as a spec id
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildWeb } from "./build.ts";
import { ROOT, repositoryFiles } from "./repository.ts";
import { type PostgresServer, startPostgres } from "./services/postgres.ts";
import { SHARED_POSTGRES } from "./services/shared-postgres.ts";
import { PROGRAMS, requireProgram } from "./system-packages.ts";

/** Two files at once: what a small machine bears while each drives a browser and a server. */
const FILES_AT_ONCE = 2;
/** No single test file takes longer than this on a slow machine; a hanging one must not hang the run. */
const FILE_TIMEOUT_MS = 15 * 60_000;
/** What `--quick` leaves out: browsers, spawned servers, and the checks that `npm run check` has run before. */
const SLOW = /^(e2e|bench)\/|\.e2e\.test\.ts$|-in-chromium\.test\.ts$|^tools\/checks\.test\.ts$/;

/** Test files to run, in a stable order: quick ones first, so that what is plainly broken shows early. */
export function selectTests(files: readonly string[], options: { quick: boolean; words: readonly string[] }): string[] {
  const tests = files.filter((name) => name.endsWith(".test.ts"));
  const wanted =
    options.words.length === 0 ? tests : tests.filter((name) => options.words.some((word) => name.includes(word)));
  const quick = wanted.filter((name) => !SLOW.test(name));
  return options.quick ? quick : [...quick, ...wanted.filter((name) => SLOW.test(name))];
}

/** The caller's settings of Pli must not leak into what is tested. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PLI_")));
}

/** Files that ask for databases on the run's own server. */
const NEEDS_POSTGRES = /testing\/profiles\.ts|services\/shared-postgres\.ts|\bPROFILES\b/;

/** Started once for all files; null when none needs it, or when it cannot be had: those that need it say why. */
async function postgresFor(files: readonly string[]): Promise<PostgresServer | null> {
  if (!files.some((name) => NEEDS_POSTGRES.test(readFileSync(join(ROOT, name), "utf8")))) return null;
  try {
    return await startPostgres();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return null;
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { quick: { type: "boolean", default: false }, name: { type: "string" } },
    allowPositionals: true,
  });
  const files = selectTests(repositoryFiles(), { quick: values.quick, words: positionals });
  if (files.length === 0) {
    process.stderr.write("No test file matches.\n");
    return 2;
  }
  if (files.some((name) => SLOW.test(name))) {
    for (const prepare of [buildWeb, async () => requireProgram(PROGRAMS.chromium)]) {
      // What is missing fails the tests that need it, with the same words; the others still run.
      await prepare().catch((error: unknown) =>
        process.stderr.write(`${error instanceof Error ? error.message : error}\n`),
      );
    }
  }
  const args = [
    "--test",
    "--test-reporter=spec",
    `--test-concurrency=${FILES_AT_ONCE}`,
    `--test-timeout=${FILE_TIMEOUT_MS}`,
  ];
  if (values.name !== undefined) args.push(`--test-name-pattern=${values.name}`);
  const postgres = await postgresFor(files);
  const env = { ...cleanEnvironment(), ...(postgres === null ? {} : { [SHARED_POSTGRES]: postgres.adminUrl }) };
  const run = spawn(process.execPath, [...args, ...files], { cwd: ROOT, stdio: "inherit", env });
  const interrupt = (signal: NodeJS.Signals) => run.kill(signal);
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const code = await new Promise<number>((finish) => run.on("close", (status) => finish(status ?? 1)));
  await postgres?.stop();
  return code;
}

if (import.meta.main) process.exitCode = await main();
