/**
 * Signals between whoever writes and whoever waits for it: "there is something to do", without saying what. A signal may get lost, and may
 * come for nothing: whoever hears one looks for itself, and looks now and then without any.
 */

/** What may be waited for: work in the outbox; something said after a message, by the message's id or by a grant's; the end of a session, by its id. */
export type Signal = "outbox" | `thread ${string}` | `session ${string}`;

export interface Signals {
  /** Tells those who wait, here and on the other nodes. After the commit: `afterCommit`. Never throws, waits for nothing. */
  raise(signal: Signal): void;
  /** Calls `heard`, soon and perhaps often, when somebody raised the signal. It must not throw. @returns ends it */
  hear(signal: Signal, heard: () => void): () => void;
}

export interface Board extends Signals {
  /** Calls all of them: something may have been missed. */
  raiseAll(): void;
}

/** Signals within this process. */
export function createBoard(): Board {
  const listeners = new Set<{ readonly signal: Signal; readonly heard: () => void }>();
  return {
    raise: (signal) => {
      for (const listener of listeners) if (listener.signal === signal) listener.heard();
    },
    raiseAll: () => {
      for (const { heard } of listeners) heard();
    },
    hear: (signal, heard) => {
      const listener = { signal, heard };
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
