/** SQL of what the nodes agree on. */
import type { Reader, Tx } from "../../platform/database/index.ts";

const KEY = "key_fingerprint";

/** Null: no node has told its key yet. */
export async function findKeyFingerprint(on: Reader): Promise<string | null> {
  const row = await on.selectFrom("node_facts").select("value").where("name", "=", KEY).executeTakeFirst();
  return row?.value ?? null;
}

/** The first to say it is believed. */
export async function keepKeyFingerprint(tx: Tx, fingerprint: string): Promise<void> {
  await tx
    .insertInto("node_facts")
    .values({ name: KEY, value: fingerprint })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
}

export async function deleteKeyFingerprint(tx: Tx): Promise<void> {
  await tx.deleteFrom("node_facts").where("name", "=", KEY).execute();
}
