/**
 * Whether database and blob folder take writes. Finding out costs a write, and anybody may ask: one look at a time, good for a second,
 * whatever it showed.
 */
import type { Services } from "../../services.ts";
import { touchHealth } from "./health.queries.ts";

const LOOK_MS = 1000;

interface Look {
  readonly atMs: number;
  readonly ready: Promise<boolean>;
  isOver: boolean;
}

const looks = new WeakMap<Services["db"], Look>();

/** Never throws. */
export async function isReady(services: Services): Promise<boolean> {
  const nowMs = services.clock.now();
  let look = looks.get(services.db);
  // A clock that was set back must not keep it for longer either.
  if (look === undefined || (look.isOver && Math.abs(nowMs - look.atMs) >= LOOK_MS)) {
    look = { atMs: nowMs, ready: takesWrites(services), isOver: false };
    looks.set(services.db, look);
  }
  const ready = await look.ready;
  look.isOver = true;
  return ready;
}

async function takesWrites({ db, blobs }: Services): Promise<boolean> {
  try {
    await db.write((tx) => touchHealth(tx));
    await blobs.checkWritable();
    return true;
  } catch {
    return false;
  }
}
