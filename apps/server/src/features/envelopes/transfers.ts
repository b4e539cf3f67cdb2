/**
 * How many chunks and downloads of one asker a node carries at once. Each holds memory, a descriptor and, where there is a bucket, one of its few
 * connections, for as long as the other end likes: nobody may hold them all. Counted by each process for itself, since what it guards is its own.
 */
import { PliError } from "@pli/core/errors";
import type { Services } from "../../services.ts";

/** Who takes a share: a member by all their programs, or one browser at a link. */
export type Carried = { readonly memberId: string } | { readonly deviceSha256: string };

/** A program that sends many messages side by side still fits. */
const OF_MEMBER = 256;
/** A page loads a file or two, and sends three chunks. */
const OF_DEVICE = 32;

const underWay = new WeakMap<Services["db"], Map<string, number>>();

/** Runs `work` as one of the asker's transfers. @throws PliError `rate_limited` {retryAfterSeconds} when there are too many: nothing was begun */
export async function carry<T>({ db }: Pick<Services, "db">, asker: Carried, work: () => Promise<T>): Promise<T> {
  const counts = underWay.get(db) ?? new Map<string, number>();
  underWay.set(db, counts);
  const [key, most] = "memberId" in asker ? [`m ${asker.memberId}`, OF_MEMBER] : [`d ${asker.deviceSha256}`, OF_DEVICE];
  const before = counts.get(key) ?? 0;
  if (before >= most) throw new PliError("rate_limited", { details: { retryAfterSeconds: 1 } });
  counts.set(key, before + 1);
  try {
    return await work();
  } finally {
    const left = (counts.get(key) ?? 1) - 1;
    if (left > 0) counts.set(key, left);
    else counts.delete(key);
  }
}
