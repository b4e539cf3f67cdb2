/** SQL of readiness. */
import type { Tx } from "../../platform/database/index.ts";

/** Takes the write path without changing anything: the row is set to what it is. @throws when the database takes no write */
export async function touchHealth(tx: Tx): Promise<void> {
  await tx
    .updateTable("pli_migrations")
    .set((row) => ({ applied_at_ms: row.ref("applied_at_ms") }))
    .where("name", "=", (one) => one.selectFrom("pli_migrations").select((is) => is.fn.min("name").as("name")))
    .execute();
}
