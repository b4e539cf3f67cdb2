/**
 * Signals between nodes by LISTEN and NOTIFY (PostgreSQL manual, "NOTIFY"), on a connection of their own that is made when somebody first
 * waits. Sent after the commit, and at most every few milliseconds: a NOTIFY inside a transaction makes all commits of the server that do so
 * wait for each other. A broken connection is made again; whatever was missed meanwhile is looked for.
 */
import type pg from "pg";
import { createBoard, type Signal, type Signals } from "./signals.ts";

const CHANNEL = "pli";
/** Signals in this time become one. */
const GATHER_MS = 10;
const BACKOFF_MS = [100, 300, 1000, 3000, 10_000] as const;
/** A connection whose other end vanished without a word is found out by this. */
const HEARTBEAT_MS = 15_000;

export interface PostgresSignals extends Signals {
  close(): Promise<void>;
}

/** @param connect makes a connection on which a statement that is not answered fails after a while */
export function createPostgresSignals(connect: () => Promise<pg.Client>): PostgresSignals {
  const board = createBoard();
  const toSend = new Set<Signal>();
  let client: pg.Client | null = null;
  let connecting: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let sending: NodeJS.Timeout | null = null;
  let failures = 0;
  let isClosed = false;
  let isTelling = false;
  let answered: Promise<unknown> = Promise.resolve();

  /** One statement after the other: the driver keeps no queue of its own. */
  const ask = (made: pg.Client, text: string, values: readonly unknown[] = []): Promise<unknown> => {
    const asked = answered.then(() => made.query(text, [...values]));
    answered = asked.catch(() => {});
    return asked;
  };

  const later = (ms: number, then: () => void): NodeJS.Timeout => setTimeout(then, ms).unref();

  const listen = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    connecting ??= begin().finally(() => {
      connecting = null;
    });
  };

  const begin = async (): Promise<void> => {
    let made: pg.Client;
    try {
      made = await connect();
    } catch {
      retry();
      return;
    }
    const lose = () => {
      if (client === made) {
        client = null;
        retry();
      }
      made.end().catch(() => {});
    };
    client = made;
    answered = Promise.resolve();
    made.on("end", lose);
    made.on("error", lose);
    made.on("notification", ({ processId, payload }) => {
      // Our own were told at once.
      if (processId !== (made as { processID?: number | null }).processID) board.raise(payload as Signal);
    });
    try {
      await ask(made, `listen ${CHANNEL}`);
    } catch {
      lose();
      return;
    }
    if (isClosed) return lose();
    failures = 0;
    beat(made, lose);
    // Raised while nobody listened.
    board.raiseAll();
  };

  const beat = (made: pg.Client, lose: () => void): void => {
    later(HEARTBEAT_MS, () => {
      if (client !== made) return;
      ask(made, "select 1").then(() => beat(made, lose), lose);
    });
  };

  const retry = (): void => {
    if (isClosed || timer !== null) return;
    const ms = BACKOFF_MS[Math.min(failures++, BACKOFF_MS.length - 1)] ?? 0;
    // Nodes that lost the same server do not come back in the same instant.
    timer = later(ms / 2 + Math.random() * (ms / 2), listen);
  };

  const gather = (): void => {
    sending ??= later(GATHER_MS, send);
  };

  const send = (): void => {
    sending = null;
    const signals = [...toSend];
    toSend.clear();
    if (client === null) return;
    isTelling = true;
    void ask(client, "select pg_notify($1, signal) from unnest($2::text[]) as signal", [CHANNEL, signals])
      .catch(() => {})
      .then(() => {
        isTelling = false;
        if (toSend.size > 0) gather();
      });
  };

  return {
    raise: (signal) => {
      board.raise(signal);
      if (client === null) return;
      toSend.add(signal);
      // What comes while the last ones are on their way goes together when they are there.
      if (!isTelling) gather();
    },
    hear: (signal, heard) => {
      if (client === null && timer === null && !isClosed) listen();
      return board.hear(signal, heard);
    },
    close: async () => {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      if (sending !== null) clearTimeout(sending);
      await connecting;
      const last = client;
      client = null;
      await last?.end().catch(() => {});
    },
  };
}
