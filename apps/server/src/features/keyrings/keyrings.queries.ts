/** SQL of keyrings. The slot count is changed by one guarded statement: no number of parallel deletions takes the last slot. */
import { forUpdate, type Reader, type Tx } from "../../platform/database/index.ts";
import type { KeyringsTable, KeySlotsTable } from "./keyrings.table.ts";

export async function keyringOfMember(on: Reader, memberId: string): Promise<KeyringsTable | undefined> {
  return await on.selectFrom("keyrings").selectAll().where("member_id", "=", memberId).executeTakeFirst();
}

/** The keyring, held until the transaction ends: before any of its slots. */
export async function holdKeyring(tx: Tx, memberId: string): Promise<KeyringsTable | undefined> {
  const keyring = tx.selectFrom("keyrings").selectAll().where("member_id", "=", memberId);
  return await forUpdate(tx, keyring).executeTakeFirst();
}

export async function slotsOfMember(on: Reader, memberId: string): Promise<readonly KeySlotsTable[]> {
  return await on
    .selectFrom("key_slots")
    .selectAll()
    .where("member_id", "=", memberId)
    .orderBy("created_at_ms")
    .orderBy("slot_id")
    .execute();
}

/** @returns false when the member has a keyring already */
export async function insertKeyring(tx: Tx, row: KeyringsTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("keyrings")
    .values(row)
    .onConflict((conflict) => conflict.column("member_id").doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** @returns how many were inserted: those with an id in use are not */
export async function insertSlots(tx: Tx, rows: readonly KeySlotsTable[]): Promise<number> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("key_slots")
    .values([...rows])
    .onConflict((conflict) => conflict.columns(["member_id", "slot_id"]).doNothing())
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows ?? 0n);
}

/** Changes the slot count within its bounds. @returns false at the bound, or without a keyring */
export async function countSlots(tx: Tx, memberId: string, change: 1 | -1, max: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("keyrings")
    .set((row) => ({ slot_count: row("slot_count", "+", change) }))
    .where("member_id", "=", memberId)
    .where("slot_count", change === 1 ? "<" : ">", change === 1 ? max : 1)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function deleteSlot(tx: Tx, memberId: string, slotId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("key_slots")
    .where("member_id", "=", memberId)
    .where("slot_id", "=", slotId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function renameSlot(tx: Tx, memberId: string, slotId: string, name: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("key_slots")
    .set({ name })
    .where("member_id", "=", memberId)
    .where("slot_id", "=", slotId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
