/**
 * The time, as a value that tests can replace. Milliseconds since 1970, UTC. Where several nodes share a database, its clock is theirs: a node
 * whose own clock is wrong ends, locks and releases nothing wrongly.
 */
export interface Clock {
  now(): number;
  /** How far this machine's own clock is ahead of the time, in ms; absent where it is the time. */
  aheadMs?(): number;
}

/** Further apart from the time than this, a machine's clock is not kept right. */
export const CLOCK_WRONG_MS = 5_000;

/** Whether this machine's own clock should be mended. */
export function isClockWrong(clock: Clock): boolean {
  return Math.abs(clock.aheadMs?.() ?? 0) > CLOCK_WRONG_MS;
}

export const systemClock: Clock = { now: () => Date.now() };

export interface FollowedClock extends Clock {
  aheadMs(): number;
  stop(): void;
}

const FIRST_LOOKS = 5;
const LOOKS = 3;
const EVERY_MS = 15_000;

/**
 * Follows another clock: looks at it now and then, takes the look that was answered soonest as having been made in the middle of its way, and
 * counts on by a counter that nobody sets. While the other is silent it goes on counting.
 * @param ask the other clock, in ms since 1970; null: there is none
 * @param own this machine's clock, only to tell how far it is ahead
 * @param looked called after each round of looks
 * @returns null when there is none to follow @throws what the first look throws
 */
export async function followClock(
  ask: () => Promise<number | null>,
  own: Clock,
  looked: (aheadMs: number) => void,
): Promise<FollowedClock | null> {
  let startMs = 0;
  let aheadMs = 0;
  const look = async (times: number): Promise<boolean> => {
    let soonestMs = Number.POSITIVE_INFINITY;
    let best = { startMs, aheadMs };
    for (let count = 0; count < times; count++) {
      const askedMs = performance.now();
      const theirsMs = await ask();
      if (theirsMs === null) return false;
      const answeredMs = performance.now();
      if (answeredMs - askedMs >= soonestMs) continue;
      soonestMs = answeredMs - askedMs;
      const middleMs = (askedMs + answeredMs) / 2;
      best = { startMs: theirsMs - middleMs, aheadMs: own.now() - (answeredMs - middleMs) - theirsMs };
    }
    // Not before the round is over: any look but the best may be far off.
    ({ startMs, aheadMs } = best);
    looked(aheadMs);
    return true;
  };
  if (!(await look(FIRST_LOOKS))) return null;
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look(LOOKS)
      .catch(() => {
        // The database is gone: the counter goes on, and the next look corrects it.
      })
      .finally(() => {
        looking = false;
      });
  }, EVERY_MS);
  timer.unref();
  return {
    now: () => Math.floor(startMs + performance.now()),
    aheadMs: () => aheadMs,
    stop: () => clearInterval(timer),
  };
}
