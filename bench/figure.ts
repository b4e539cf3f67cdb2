/** What a benchmark says: a value, a yardstick measured in the same run, a goal, and whether it holds. */

export interface Figure {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** Value divided by the yardstick's; null where there is none. */
  readonly ratio: number | null;
  /** The yardstick in words, with its own value. */
  readonly against: string | null;
  /** Such as `ratio ≥ 0.85`; null for a figure that only stands beside others. */
  readonly goal: string | null;
  readonly holds: boolean;
}

export interface BenchmarkOptions {
  /** Of how many envelopes `growth` makes its large installation. */
  readonly envelopes?: number;
  /** How long `load` measures each thing. */
  readonly seconds?: number;
  /** How long memory alone is watched, where a benchmark does; as `seconds` when not said. */
  readonly memorySeconds?: number;
  /** `SQLite` or `PostgreSQL` alone. */
  readonly engine?: string;
  /** Flags for Node itself, for the nodes of `load`; otherwise those of `npm start`. */
  readonly nodeFlags?: readonly string[];
}

/** A benchmark: bounded in time, alone on loopback, leaving nothing behind. */
export interface Benchmark {
  readonly name: string;
  run(options?: BenchmarkOptions): Promise<readonly Figure[]>;
}

/** The middle of `values`; of an even number the lower of the two, which flatters nobody. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** Three significant digits: more would be noise. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** A figure whose ratio to a yardstick must reach `goal`. Rates: more is better. */
export function ratioFigure(of: {
  readonly bench: string;
  readonly figure: string;
  readonly unit: string;
  readonly value: number;
  readonly ratio: number;
  readonly against: string;
  readonly goal: number;
}): Figure {
  const { goal, ratio, value, ...rest } = of;
  return { ...rest, value: rounded(value), ratio: rounded(ratio), goal: `ratio ≥ ${goal}`, holds: ratio >= goal };
}

/** Ours and the yardstick's rate, measured one directly after the other. */
export type Pair = readonly [ours: number, yardstick: number];

/**
 * A figure whose ratio is the median of the rounds' own ratios: what else a machine does in a round weighs on both sides of it.
 * Without a goal it only stands beside others.
 */
export function pairedFigure(of: {
  readonly bench: string;
  readonly figure: string;
  readonly unit: string;
  readonly pairs: readonly Pair[];
  readonly yardstick: string;
  readonly goal: number | null;
}): Figure {
  const { bench, figure, unit, pairs, goal } = of;
  const ratio = median(pairs.map(([ours, yardstick]) => ours / yardstick));
  return {
    bench,
    figure,
    value: rounded(median(pairs.map(([ours]) => ours))),
    unit,
    ratio: rounded(ratio),
    against: `${of.yardstick}: ${rounded(median(pairs.map(([, yardstick]) => yardstick)))} ${unit}`,
    goal: goal === null ? null : `ratio ≥ ${goal}`,
    holds: goal === null || ratio >= goal,
  };
}

/** A figure that must stay at or under `goal` in its own unit. */
export function ceilingFigure(of: {
  readonly bench: string;
  readonly figure: string;
  readonly unit: string;
  readonly value: number;
  readonly against: string | null;
  readonly goal: number;
}): Figure {
  const { goal, value, ...rest } = of;
  return { ...rest, value: rounded(value), ratio: null, goal: `≤ ${goal} ${of.unit}`, holds: value <= goal };
}
