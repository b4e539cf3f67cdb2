/**
 * The register of destruction: what was destroyed or used up, written outside the database, so that a restored back-up does not bring it back
 * (Z8). Append-only; holds ids and times, never an address, a key or content. Implementations pass `register.contract.ts`.
 */

/** One line. `at`: ms since 1970. */
export type Destruction = {
  readonly at: number;
} /** Ended, or a draft that was thrown away: written before its content is erased. */ & (
  | { readonly envelope: string; readonly how: "revoked" | "expired" | "destroyed" | "draft" }
  /** This recipient's right has ended, or is about to: written before its key is erased. */
  | { readonly grant: string; readonly how: "revoked" | "expired" | "used_up" | "taken_back" }
  /** It was not ended after all: takes back one line of the same `at` and id, and no other. */
  | { readonly kept: string }
  /** An opening of this grant was given: so many in all. */
  | { readonly opened: string; readonly used: number }
  /** A one-time secret has ended otherwise than by its views, or is about to: written before its key is erased. */
  | { readonly secret: string; readonly how: "expired" | "destroyed" }
  /** A view of this secret was given: so many in all. */
  | { readonly viewed: string; readonly used: number }
  /** A way to unlock a keyring was removed, or is about to be. */
  | { readonly slot: string; readonly member: string }
  /** A back-up of this name was begun: proves later that this register belongs to it. */
  | { readonly mark: string }
);

export interface DestructionRegister {
  /** Resolves when the lines are durable. Those who write at once share the cost. */
  note(lines: readonly Destruction[]): Promise<void>;
  /** Durable soon (`soonMs`), for what happens too often to wait for. Never throws. */
  noteSoon(line: Destruction): void;
  /** Lines written since about then, in the order written by one node; null for one that cannot be read. */
  read(sinceMs: number): AsyncIterable<Destruction | null>;
  /** Everything noted is durable; nothing can be noted any more. */
  close(): Promise<void>;
}

/** Writes pieces of whole lines, each durable when its promise resolves. One at a time is asked for. */
export interface LineLog {
  append(text: string): Promise<void>;
  /** Pieces of whole lines. */
  read(sinceMs: number): AsyncIterable<string>;
  close(): Promise<void>;
}

export const DAY_MS = 24 * 3_600_000;
/** Older lines are of no use to any back-up that may still be there. */
export const KEPT_MS = 400 * DAY_MS;

/** Lines kept for later while nothing can be written; more are forgotten, and the database still knows them. */
const KEPT_MAX = 100_000;

/** A register on a log: lines that come while one write runs share the next. */
export function createRegister(log: LineLog, options: { readonly soonMs: number }): DestructionRegister {
  let waiting: { readonly text: string; readonly resolve: () => void; readonly reject: (error: unknown) => void }[] =
    [];
  let writing: Promise<void> | null = null;
  let soon: Destruction[] = [];
  let timer: NodeJS.Timeout | undefined;

  const drain = async () => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await log.append(batch.map(({ text }) => text).join(""));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    writing = null;
  };
  const write = (lines: readonly Destruction[]) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ text: lines.map((line) => `${JSON.stringify(line)}\n`).join(""), resolve, reject });
      writing ??= drain();
    });
  const writeSoon = async () => {
    clearTimeout(timer);
    timer = undefined;
    const lines = soon;
    soon = [];
    if (lines.length === 0) return;
    try {
      await write(lines);
    } catch {
      // Tried again with what comes next.
      soon = [...lines, ...soon].slice(0, KEPT_MAX);
    }
  };

  return {
    note: async (lines) => {
      if (lines.length > 0) await write(lines);
    },
    noteSoon: (line) => {
      if (soon.length < KEPT_MAX) soon.push(line);
      timer ??= setTimeout(() => void writeSoon(), options.soonMs).unref();
    },
    read: async function* (sinceMs) {
      for await (const text of log.read(sinceMs)) {
        for (const line of text.split("\n")) {
          if (line === "") continue;
          const found = parseLine(line);
          if (found === null || found.at >= sinceMs) yield found;
        }
      }
    },
    close: async () => {
      await writeSoon();
      while (writing !== null) await writing;
      await log.close();
    },
  };
}

function parseLine(line: string): Destruction | null {
  try {
    const found: unknown = JSON.parse(line);
    const isLine = typeof found === "object" && found !== null && "at" in found && typeof found.at === "number";
    return isLine ? (found as Destruction) : null;
  } catch {
    return null;
  }
}

/** The UTC day of an instant as `20261123`. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10).replaceAll("-", "");
}
