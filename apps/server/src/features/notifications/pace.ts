/** Per-domain pace (Q11): so many mails at once, and so many a second, to one receiving domain. Big providers refuse floods. */

export interface Pace {
  /** Runs `job` when the domain has room. */
  run(domain: string, job: () => Promise<void>): Promise<void>;
  /** How many wait or run for this domain. */
  load(domain: string): number;
}

interface Lane {
  running: number;
  lastStartMs: number;
  readonly waiting: (() => void)[];
  timer: NodeJS.Timeout | null;
}

/** @param gapMs least time between two starts for one domain; zero for none */
export function createPace(atOnce: number, gapMs: number): Pace {
  const lanes = new Map<string, Lane>();

  const advance = (domain: string, lane: Lane): void => {
    if (lane.timer !== null) return;
    while (lane.running < atOnce && lane.waiting.length > 0) {
      const waitMs = lane.lastStartMs + gapMs - performance.now();
      if (waitMs > 0) {
        lane.timer = setTimeout(() => {
          lane.timer = null;
          advance(domain, lane);
        }, waitMs);
        return;
      }
      lane.running++;
      lane.lastStartMs = performance.now();
      lane.waiting.shift()?.();
    }
    if (lane.running === 0 && lane.waiting.length === 0) lanes.delete(domain);
  };

  return {
    load: (domain) => {
      const lane = lanes.get(domain);
      return lane === undefined ? 0 : lane.running + lane.waiting.length;
    },
    run: async (domain, job) => {
      const lane = lanes.get(domain) ?? { running: 0, lastStartMs: Number.NEGATIVE_INFINITY, waiting: [], timer: null };
      lanes.set(domain, lane);
      await new Promise<void>((resolve) => {
        lane.waiting.push(resolve);
        advance(domain, lane);
      });
      try {
        await job();
      } finally {
        lane.running--;
        advance(domain, lane);
      }
    },
  };
}
