/** SQL of sign-ins that wait for their second step. Whoever deletes the row has made it. */
import { type Db, deleteBefore, forUpdate, type Reader, type Tx } from "../../platform/database/index.ts";
import type { SignInStepsTable } from "./accounts.table.ts";

export async function insertStep(tx: Tx, row: SignInStepsTable): Promise<void> {
  await tx.insertInto("sign_in_steps").values(row).execute();
}

export async function stepBySecret(on: Reader, secretSha256: string): Promise<SignInStepsTable | undefined> {
  return await on.selectFrom("sign_in_steps").selectAll().where("secret_sha256", "=", secretSha256).executeTakeFirst();
}

/** The step, held until the transaction ends. */
export async function holdStep(tx: Tx, secretSha256: string): Promise<SignInStepsTable | undefined> {
  const step = tx.selectFrom("sign_in_steps").selectAll().where("secret_sha256", "=", secretSha256);
  return await forUpdate(tx, step).executeTakeFirst();
}

/** @returns the tries left; the step is gone when none is */
export async function countWrongStep(tx: Tx, secretSha256: string): Promise<number> {
  const row = await tx
    .updateTable("sign_in_steps")
    .set((step) => ({ tries_left: step("tries_left", "-", 1) }))
    .where("secret_sha256", "=", secretSha256)
    .returning("tries_left")
    .executeTakeFirst();
  const left = row?.tries_left ?? 0;
  if (left <= 0) await deleteStep(tx, secretSha256);
  return left;
}

export async function deleteStep(tx: Tx, secretSha256: string): Promise<void> {
  await tx.deleteFrom("sign_in_steps").where("secret_sha256", "=", secretSha256).execute();
}

export async function deleteEndedSteps(db: Db, nowMs: number): Promise<void> {
  await deleteBefore(db, "sign_in_steps", "expires_at_ms", nowMs + 1);
}
