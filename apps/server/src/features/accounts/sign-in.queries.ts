/** SQL of sign-in links. One link signs in once: whoever deletes its row has used it. */
import { type Db, deleteBefore, forUpdate, type Tx } from "../../platform/database/index.ts";
import type { SignInLinksTable } from "./accounts.table.ts";

export async function insertLink(tx: Tx, row: SignInLinksTable): Promise<void> {
  await tx.insertInto("sign_in_links").values(row).execute();
}

/** The link, held until the transaction ends: checks tried at once are counted one after the other. */
export async function holdLink(tx: Tx, tokenSha256: string): Promise<SignInLinksTable | undefined> {
  const link = tx.selectFrom("sign_in_links").selectAll().where("token_sha256", "=", tokenSha256);
  return await forUpdate(tx, link).executeTakeFirst();
}

/** Uses the link. @returns false when somebody else was faster */
export async function useLink(tx: Tx, tokenSha256: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("sign_in_links")
    .where("token_sha256", "=", tokenSha256)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Counts a wrong check. @returns the tries left; the link is gone when none is */
export async function countWrongCheck(tx: Tx, tokenSha256: string): Promise<number> {
  const row = await tx
    .updateTable("sign_in_links")
    .set((link) => ({ tries_left: link("tries_left", "-", 1) }))
    .where("token_sha256", "=", tokenSha256)
    .where("tries_left", ">", 0)
    .returning("tries_left")
    .executeTakeFirst();
  const left = row?.tries_left ?? 0;
  if (left === 0) await useLink(tx, tokenSha256);
  return left;
}

export async function deleteExpiredLinks(db: Db, nowMs: number): Promise<void> {
  await deleteBefore(db, "sign_in_links", "expires_at_ms", nowMs + 1);
}
