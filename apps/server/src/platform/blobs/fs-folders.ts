/**
 * Folders of the blob store: made once, durable in their parents before anything in them counts, and synced together when several
 * chunks ask at once.
 */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "../disk.ts";

export interface Folders {
  /** Makes the folder and what is above it; durable when it resolves. Cheap for one that was made before. */
  make(path: string): Promise<void>;
  /** Makes the names in the folder durable. Those who ask while one sync runs share the next. */
  sync(path: string): Promise<void>;
  /** The folder is not there any more. */
  forget(path: string): void;
}

/** Remembered as made, at most: the rest is asked of the disk again. */
const REMEMBERED_MAX = 10_000;

interface Turn {
  readonly running: Promise<void>;
  next: Promise<void> | null;
}

export function createFolders(): Folders {
  const made = new Map<string, Promise<void>>();
  const turns = new Map<string, Turn>();

  const begin = (path: string): Promise<void> => {
    const turn: Turn = { running: syncFolder(path), next: null };
    turns.set(path, turn);
    const done = () => {
      if (turns.get(path) === turn && turn.next === null) turns.delete(path);
    };
    turn.running.then(done, done);
    return turn.running;
  };

  return {
    make: (path) => {
      const known = made.get(path);
      if (known !== undefined) return known;
      if (made.size >= REMEMBERED_MAX) made.clear();
      const work = makeFolder(path);
      made.set(path, work);
      work.catch(() => made.delete(path));
      return work;
    },
    sync: (path) => {
      const turn = turns.get(path);
      if (turn === undefined) return begin(path);
      // The running one may have begun before our name was there: only the next counts.
      turn.next ??= turn.running.then(
        () => begin(path),
        () => begin(path),
      );
      return turn.next;
    },
    forget: (path) => {
      made.delete(path);
    },
  };
}

async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  // Each new folder is a name in its parent: durable only when the parent is.
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}
