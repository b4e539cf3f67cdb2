/**
 * Load by the clock: deeds begin when they are due, however slow the server is, and their time counts from when they were due. So a server that
 * stands still for a second shows a second, many times (no coordinated omission).
 */

export interface Times {
  /** Milliseconds of each deed, sorted. */
  readonly sortedMs: readonly number[];
  readonly failed: number;
}

export interface Deed {
  readonly perSecond: number;
  run(): Promise<unknown>;
}

/** Runs all deeds at their rates. @returns when the last one is done, the times by the deeds' names */
export async function runByClock<Name extends string>(
  deeds: Readonly<Record<Name, Deed>>,
  seconds: number,
): Promise<Readonly<Record<Name, Times>>> {
  const startMs = performance.now();
  const entries = await Promise.all(
    (Object.entries(deeds) as [Name, Deed][]).map(async ([name, deed]) => [
      name,
      await byClock(deed, startMs, seconds),
    ]),
  );
  return Object.fromEntries(entries) as Record<Name, Times>;
}

async function byClock({ perSecond, run }: Deed, startMs: number, seconds: number): Promise<Times> {
  const times: number[] = [];
  let failed = 0;
  const running: Promise<void>[] = [];
  const count = Math.round(perSecond * seconds);
  for (let index = 0; index < count; ) {
    const lateMs = performance.now() - startMs;
    for (; index < count && (index / perSecond) * 1000 <= lateMs; index++) {
      const dueMs = startMs + (index / perSecond) * 1000;
      running.push(
        run().then(
          () => void times.push(performance.now() - dueMs),
          () => {
            failed += 1;
          },
        ),
      );
    }
    await new Promise((resume) => setTimeout(resume, 1));
  }
  await Promise.all(running);
  return { sortedMs: times.toSorted((a, b) => a - b), failed };
}

/** As fast as it goes, with so many at once, each drawn by `draw`. @returns deeds a second */
export async function runFlatOut(lanes: number, seconds: number, draw: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  const untilMs = startMs + seconds * 1000;
  let done = 0;
  const lane = async () => {
    while (performance.now() < untilMs) {
      await draw();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return done / ((performance.now() - startMs) / 1000);
}

export function percentile(sortedMs: readonly number[], share: number): number {
  return sortedMs[Math.min(sortedMs.length - 1, Math.floor(sortedMs.length * share))] ?? Number.NaN;
}
