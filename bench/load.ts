/**
 * Load: one node on SQLite and a folder, one and three on PostgreSQL and a folder, with this process as everybody outside. First the mix (send 1, open 5,
 * look 20) as fast as it goes, then by the clock the goal: 200 openings a second (code checked, key released, journal written) while 20
 * messages a second are sent and mailed. Beside it the bare rate of durable commits. All of it, database, relay and callers, shares one machine: more nodes
 * show that they share the work, not that it gets faster.
 *
 * Memory over an hour is simulated: the openings of an hour at the goal's rate are 720,000; after warming up, so many as `--memory-seconds` allows run flat out (500 make the whole hour here),
 * and the slope of the resident set over them is drawn out to 720,000.
 */
import { startFlags } from "../tools/start-flags.ts";
import { type BenchmarkOptions, ceilingFigure, type Figure, rounded } from "./figure.ts";
import { percentile, runByClock, runFlatOut, type Times } from "./load/clockwork.ts";
import { lookAtLink, openMessage, type Reader, sendMessage } from "./load/deeds.ts";
import { type Nodes, startNodes } from "./load/nodes.ts";
import { processorSeconds, residentBytes, withScope } from "./workshop.ts";

export const name = "load";

const SECONDS = 20;
const LANES = 24;
const MIX = { send: 1, open: 5, look: 20 } as const;
const GOAL = { openings: 200, messages: 20, looks: 80 } as const;
const GOAL_P99_MS = 100;
const GOAL_MEGABYTES = 250;
/** Flat: an hour adds less than this. */
const GOAL_GROWTH_MEGABYTES = 25;
const HOUR_OPENINGS = 720_000;
const WARM_SECONDS = 5;
const SAMPLE_MS = 500;
/** No node here opens more in a second. */
const FASTEST = 1_800;

const PLACES = [
  ["SQLite", 1],
  ["PostgreSQL", 1],
  ["PostgreSQL", 3],
] as const;

export async function run({
  seconds = SECONDS,
  memorySeconds = seconds,
  engine: only,
  nodeFlags = startFlags(),
}: BenchmarkOptions = {}): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [engine, count] of PLACES) {
    if (only !== undefined && only !== engine) continue;
    figures.push(
      ...(await withScope(async (scope) => {
        const openings = FASTEST * (seconds * 3 + memorySeconds);
        return measure(await startNodes(scope, engine, count, nodeFlags, openings), seconds, memorySeconds);
      })),
    );
  }
  return figures;
}

async function measure(nodes: Nodes, seconds: number, memorySeconds: number): Promise<Figure[]> {
  const people = peopleAt(nodes);
  await runFlatOut(LANES, WARM_SECONDS, people.mixed);
  const bare = { alone: await nodes.bareCommits(1), loaded: await nodes.bareCommits(LANES) };
  const commits = `bare commits: ${rounded(bare.alone)}/s alone, ${rounded(bare.loaded)}/s by ${LANES}`;
  const plain = (figure: string, value: number, unit: string, against: string | null): Figure => {
    return {
      bench: name,
      figure: `${figure}, ${nodes.title}`,
      value: rounded(value),
      unit,
      ratio: null,
      against,
      goal: null,
      holds: true,
    };
  };

  const before = await use(nodes);
  const mixedRate = await runFlatOut(LANES, seconds, people.mixed);
  const mixed = await use(nodes, before);
  const mixFigures = [
    {
      ...plain("send 1, open 5, look 20, flat out", mixedRate, "deeds/s", commits),
      ratio: rounded(mixedRate / bare.loaded),
    },
    plain("processor meanwhile", mixed.processors, "cores", `by node: ${mixed.each}`),
  ];

  const beforeGoal = await use(nodes);
  const walBefore = await nodes.walBytes();
  const release: number[] = [];
  const times = await runByClock(
    {
      openings: { perSecond: GOAL.openings, run: async () => void release.push(await people.open()) },
      messages: { perSecond: GOAL.messages, run: people.send },
      looks: { perSecond: GOAL.looks, run: people.look },
    },
    seconds,
  );
  const goal = await use(nodes, beforeGoal);
  const walAfter = await nodes.walBytes();
  const written =
    walBefore === null || walAfter === null
      ? []
      : [
          plain(
            "written ahead meanwhile",
            (walAfter - walBefore) / (GOAL.openings + GOAL.messages) / seconds / 1000,
            "kB an opening or message",
            null,
          ),
        ];
  const clocked = (title: string, { sortedMs, failed }: Times, ceiling: number | null): Figure => {
    const against = `p50 ${rounded(percentile(sortedMs, 0.5))} ms, most ${rounded(sortedMs.at(-1) ?? 0)} ms, ${failed} of ${sortedMs.length + failed} failed; ${commits}`;
    const value = percentile(sortedMs, 0.99);
    const figure = `${title}, p99, ${nodes.title}`;
    if (ceiling === null) return { ...plain(`${title}, p99`, value, "ms", against), holds: failed === 0 };
    const held = ceilingFigure({ bench: name, figure, unit: "ms", value, against, goal: ceiling });
    return { ...held, holds: held.holds && failed === 0 };
  };
  const goalFigures = [
    clocked(`${GOAL.openings} openings/s (code and release)`, times.openings, GOAL_P99_MS),
    clocked("of them the release", { sortedMs: release.toSorted((a, b) => a - b), failed: 0 }, null),
    clocked(`${GOAL.messages} messages/s meanwhile`, times.messages, null),
    clocked(`${GOAL.looks} looks/s meanwhile`, times.looks, null),
    plain("processor meanwhile", goal.processors, "cores", `by node: ${goal.each}`),
    ...written,
  ];
  return [...mixFigures, ...goalFigures, ...(await memoryFigures(nodes, people.open, memorySeconds))];
}

/** Deeds of people, by readers and nodes in turn. */
function peopleAt({ callers, token, readers }: Nodes) {
  let turn = 0;
  const next = () => {
    turn += 1;
    const caller = callers[turn % callers.length];
    const reader: Reader | undefined = readers[turn % readers.length];
    if (caller === undefined || reader === undefined) throw new Error("nobody there");
    return { caller, reader };
  };
  const look = () => lookAtLink(next().caller, next().reader);
  const open = () => {
    const { caller, reader } = next();
    return openMessage(caller, reader);
  };
  const send = () => {
    const { caller } = next();
    return sendMessage(caller, token, [`reader@s${turn}.example`], "mail");
  };
  const draws = [
    ...Array.from({ length: MIX.send }, () => send),
    ...Array.from({ length: MIX.open }, () => open),
    ...Array.from({ length: MIX.look }, () => look),
  ];
  let drawn = 0;
  const mixed = (): Promise<unknown> => {
    // Spread: with a step that has no divisor in common with their number, each comes as often as it should.
    drawn = (drawn + 7) % draws.length;
    return (draws[drawn] ?? look)();
  };
  return { look, open, send, mixed };
}

interface Use {
  readonly atMs: number;
  readonly seconds: readonly number[];
  readonly processors: number;
  readonly each: string;
}

async function use({ servers }: Nodes, before?: Use): Promise<Use> {
  const atMs = performance.now();
  const passed = before === undefined ? 1 : (atMs - before.atMs) / 1000;
  const now = await Promise.all(servers.map((server) => processorSeconds(server.processId())));
  const each = now.map((value, node) => (value - (before?.seconds[node] ?? value)) / passed);
  const memory = await Promise.all(servers.map((server) => residentBytes(server.processId())));
  return {
    atMs,
    seconds: now,
    processors: each.reduce((sum, one) => sum + one, 0),
    each: each.map((cores, node) => `${rounded(cores)} cores ${rounded((memory[node]?.now ?? 0) / 1e6)} MB`).join(", "),
  };
}

async function memoryFigures(nodes: Nodes, open: () => Promise<unknown>, seconds: number): Promise<Figure[]> {
  const { title, servers } = nodes;
  const before = await use(nodes);
  const samples: { openings: number; bytes: number }[] = [];
  let openings = 0;
  const sample = async () => {
    const resident = await Promise.all(servers.map((server) => residentBytes(server.processId())));
    samples.push({ openings, bytes: Math.max(...resident.map(({ now }) => now)) });
  };
  const timer = setInterval(() => void sample(), SAMPLE_MS);
  await runFlatOut(LANES, seconds, async () => {
    await open();
    openings += 1;
  });
  clearInterval(timer);
  const after = await use(nodes, before);
  const processorSeconds = (after.processors * (after.atMs - before.atMs)) / 1000;
  const peaks = await Promise.all(servers.map((server) => residentBytes(server.processId())));
  const growth = (slope(samples) * HOUR_OPENINGS) / 1e6;
  return [
    {
      bench: name,
      figure: `an opening with its code, flat out, ${title}`,
      value: rounded((processorSeconds / openings) * 1000),
      unit: "ms of a core",
      ratio: null,
      against: `${rounded(openings / ((after.atMs - before.atMs) / 1000))} openings/s`,
      goal: null,
      holds: true,
    },
    ceilingFigure({
      bench: name,
      figure: `memory of a node, the most, ${title}`,
      unit: "MB",
      value: Math.max(...peaks.map(({ peak }) => peak)) / 1e6,
      against: `after ${openings} openings at ${rounded(openings / seconds)}/s`,
      goal: GOAL_MEGABYTES,
    }),
    ceilingFigure({
      bench: name,
      figure: `growth of memory, ${title}`,
      unit: `MB an hour at ${GOAL.openings} openings/s`,
      value: growth,
      against: `slope of ${samples.length} samples over ${openings} openings`,
      goal: GOAL_GROWTH_MEGABYTES,
    }),
  ];
}

/** Bytes an opening, by least squares. */
function slope(samples: readonly { readonly openings: number; readonly bytes: number }[]): number {
  const mean = (of: (sample: { openings: number; bytes: number }) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [openings, bytes] = [mean((sample) => sample.openings), mean((sample) => sample.bytes)];
  const spread = mean((sample) => (sample.openings - openings) ** 2);
  return mean((sample) => (sample.openings - openings) * (sample.bytes - bytes)) / spread;
}
