/**
 * The door to all benchmarks.
 *
 *   npm run bench -- list
 *   npm run bench -- NAME… [--json]      without a name: all of them but those that take very long
 *   npm run bench -- growth --envelopes 100000
 *   npm run bench -- load --seconds 60 --memory-seconds 500 --engine PostgreSQL --node-flags="--max-semi-space-size=2 --max-old-space-size=96"
 *
 * Prints one line per figure. Ends with 0 when every benchmark ran, whether or not its goals hold (that is what `holds` says), 1 when one
 * could not run, 2 on a name it does not know.
 */
import { parseArgs } from "node:util";
import type { Benchmark, Figure } from "./figure.ts";

/** Name → what it measures, and its module: loaded only when it runs. */
const BENCHMARKS: Readonly<Record<string, readonly [about: string, load: () => Promise<Benchmark>]>> = {
  "seal-node": ["sealing and opening 1 GiB in Node, beside openssl on one core", () => import("./seal/seal-node.ts")],
  "seal-chromium": ["the same in a Chromium worker", () => import("./seal/seal-chromium.ts")],
  memory: ["peak memory of CLI and server while 4 GiB are sealed and opened", () => import("./memory.ts")],
  "page-weight": ["gzip bytes of the recipient's page and of the member's app", () => import("./page-weight.ts")],
  "open-click": [
    "from the mail's link to readable text, in a slow browser on a slow line",
    () => import("./open-click.ts"),
  ],
  ingest: ["durable chunks into a node, beside nginx WebDAV PUT", () => import("./ingest.ts")],
  egress: ["ciphertext out of a node, beside nginx sendfile", () => import("./egress.ts")],
  durable: ["durable message creations, beside bare fsync appends", () => import("./durable.ts")],
  "json-read": [
    "one grant read over HTTP with every header, beside a bare Node server",
    () => import("./json-read.ts"),
  ],
  statements: [
    "what a request asks of its database: statements, and packets to PostgreSQL",
    () => import("./statements.ts"),
  ],
  growth: [
    "time of an opening, of lists and of clean-up with 5 million envelopes, beside 1,000",
    () => import("./growth.ts"),
  ],
  load: ["openings, sendings and looks by the clock and flat out, on one and three nodes", () => import("./load.ts")],
};

/** Only where they are named: they take an hour, and twenty gigabytes. */
const NAMED_ONLY: ReadonlySet<string> = new Set(["growth"]);

const COLUMNS = ["bench", "figure", "value", "unit", "ratio", "against", "goal", "holds"] as const;

function asTable(figures: readonly Figure[]): string {
  const rows = [COLUMNS.map(String), ...figures.map((figure) => COLUMNS.map((column) => shown(figure[column])))];
  const widths = COLUMNS.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function shown(value: Figure[keyof Figure]): string {
  if (value === null) return "-";
  return typeof value === "boolean" ? (value ? "yes" : "NO") : String(value);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      envelopes: { type: "string" },
      seconds: { type: "string" },
      "memory-seconds": { type: "string" },
      engine: { type: "string" },
      "node-flags": { type: "string" },
    },
    allowPositionals: true,
  });
  if (positionals[0] === "list") {
    for (const [name, [about]] of Object.entries(BENCHMARKS)) {
      process.stdout.write(values.json ? `${JSON.stringify({ name, about })}\n` : `${name.padEnd(14)} ${about}\n`);
    }
    return 0;
  }
  const names =
    positionals.length === 0 ? Object.keys(BENCHMARKS).filter((name) => !NAMED_ONLY.has(name)) : positionals;
  const unknown = names.find((name) => !Object.hasOwn(BENCHMARKS, name));
  if (unknown !== undefined) {
    process.stderr.write(`No benchmark is called ${unknown}. There are: ${Object.keys(BENCHMARKS).join(", ")}\n`);
    return 2;
  }
  const options = {
    ...(values.envelopes === undefined ? {} : { envelopes: Number(values.envelopes) }),
    ...(values.seconds === undefined ? {} : { seconds: Number(values.seconds) }),
    ...(values["memory-seconds"] === undefined ? {} : { memorySeconds: Number(values["memory-seconds"]) }),
    ...(values.engine === undefined ? {} : { engine: values.engine }),
    ...(values["node-flags"] === undefined ? {} : { nodeFlags: values["node-flags"].split(" ") }),
  };
  const all: Figure[] = [];
  let status = 0;
  for (const name of names) {
    try {
      const benchmark = await BENCHMARKS[name]?.[1]();
      const figures = (await benchmark?.run(options)) ?? [];
      all.push(...figures);
      if (values.json) for (const figure of figures) process.stdout.write(`${JSON.stringify(figure)}\n`);
    } catch (error) {
      status = 1;
      process.stderr.write(`${name} could not run: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  if (!values.json && all.length > 0) process.stdout.write(`${asTable(all)}\n`);
  return status;
}

process.exitCode = await main();
