/**
 * Lateness on purpose, to find what only happens on a busy machine: with `LATE=SEED` every page of the journeys gets its answers,
 * frames, timers, effects, worker messages and server events up to half a second late, each by chance, in their own order.
 * A journey (or a page) that reads something one moment too early then fails in minutes rather than once in a hundred runs.
 */
import type { BrowserContext } from "playwright-core";

/** Makes a context late when the environment asks for it. */
export async function makeLate(context: BrowserContext): Promise<void> {
  const { LATE: seed } = process.env;
  if (!seed) return;
  await context.addInitScript(lateness, Number(seed));
}

/** Runs in the page, before its own scripts; so it may use nothing from outside. */
function lateness(seed: number): void {
  let state = (seed * 2654435761 + location.href.length * 40503 + performance.timeOrigin) >>> 0;
  const chance = () => {
    // xorshift32: any spread will do
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  const setNow = window.setTimeout.bind(window);
  const frame = window.requestAnimationFrame.bind(window);
  const after = (most: number, often: number) =>
    new Promise<void>((done) => (chance() < often ? void setNow(done, chance() * most) : done()));

  const fetchNow = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    await after(300, 0.6);
    const answer = await fetchNow(input, init);
    await after(500, 0.6);
    return answer;
  };
  window.setTimeout = ((run: TimerHandler, wait = 0, ...given: unknown[]) =>
    setNow(run, wait + (chance() < 0.5 ? chance() * 120 : 0), ...given)) as typeof window.setTimeout;
  window.requestAnimationFrame = (run) =>
    chance() < 0.5 ? frame(run) : frame(() => void setNow(() => frame(run), chance() * 100));

  /** Gives each event of a source on, later, in the order it came. */
  const giveLater = (source: EventTarget, names: readonly string[]) => {
    let line: Promise<void> = Promise.resolve();
    for (const name of names) {
      // not the source's own, which comes here
      EventTarget.prototype.addEventListener.call(
        source,
        name,
        (event) => {
          if (!event.isTrusted) return;
          event.stopImmediatePropagation();
          const { data, lastEventId, origin, ports } = event as MessageEvent;
          line = line
            .then(() => after(400, 0.4))
            .then(() => {
              source.dispatchEvent(new MessageEvent(name, { data, lastEventId, origin, ports: [...ports] }));
            });
        },
        true,
      );
    }
  };
  window.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      giveLater(this, ["message"]);
    }
  };
  window.EventSource = class extends EventSource {
    constructor(url: string | URL, options?: EventSourceInit) {
      super(url, options);
      giveLater(this, ["message"]);
    }
    override addEventListener(name: string, ...rest: [never, never?]): void {
      if (name !== "message" && name !== "open" && name !== "error") giveLater(this, [name]);
      super.addEventListener(name, ...rest);
    }
  };
}
