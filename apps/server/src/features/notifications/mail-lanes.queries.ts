/** SQL of the shared ways to receiving domains. */
import { forUpdateSkippingHeld, type Tx } from "../../platform/database/index.ts";

/** Makes those lanes of a domain that it does not have. */
export async function addLanes(tx: Tx, domain: string, count: number): Promise<void> {
  const lanes = Array.from({ length: count }, (_, lane) => ({ domain, lane, owner: null, until_ms: 0 }));
  await tx
    .insertInto("mail_lanes")
    .values(lanes)
    .onConflict((conflict) => conflict.columns(["domain", "lane"]).doNothing())
    .execute();
}

/** Takes a lane that is free. @returns null when none is; perhaps the domain does not have all of its lanes */
export async function takeLane(
  tx: Tx,
  { domain, owner, nowMs, untilMs }: { domain: string; owner: string; nowMs: number; untilMs: number },
): Promise<number | null> {
  const row = await tx
    .with("free", (db) =>
      forUpdateSkippingHeld(
        tx,
        db
          .selectFrom("mail_lanes")
          .select("lane")
          .where("domain", "=", domain)
          .where("until_ms", "<=", nowMs)
          .orderBy("lane")
          .limit(1),
      ),
    )
    .updateTable("mail_lanes")
    .set({ owner, until_ms: untilMs })
    .where("domain", "=", domain)
    .where("lane", "in", (is) => is.selectFrom("free").select("free.lane"))
    .where("until_ms", "<=", nowMs)
    .returning("lane")
    .executeTakeFirst();
  return row?.lane ?? null;
}

export async function countLanes(tx: Tx, domain: string): Promise<number> {
  const row = await tx
    .selectFrom("mail_lanes")
    .select((is) => is.fn.countAll<number>().as("count"))
    .where("domain", "=", domain)
    .executeTakeFirst();
  return row?.count ?? 0;
}

/** Keeps or gives back what is still ours. */
export async function setLane(
  tx: Tx,
  { domain, lane, owner, untilMs }: { domain: string; lane: number; owner: string; untilMs: number },
): Promise<void> {
  await tx
    .updateTable("mail_lanes")
    .set({ until_ms: untilMs })
    .where("domain", "=", domain)
    .where("lane", "=", lane)
    .where("owner", "=", owner)
    .execute();
}

/** Forgets lanes that nobody took since; of a domain that is seldom written to perhaps all but one. */
export async function deleteIdleLanes(tx: Tx, beforeMs: number): Promise<void> {
  await tx.deleteFrom("mail_lanes").where("until_ms", "<", beforeMs).execute();
}
