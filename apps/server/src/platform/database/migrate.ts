/** Runs the migrations not yet applied, in order, each in a transaction. Forward only; an applied one is never changed. */
import type { Kysely } from "kysely";
import type { Engine } from "./dialect/engine.ts";
import { migrations } from "./migrations/index.ts";
import type { Schema } from "./schema.ts";

export interface Migration {
  readonly name: string;
  up(db: Kysely<unknown>, engine: Engine): Promise<void>;
}

export async function migrate(db: Kysely<Schema>, engine: Engine, now: () => number): Promise<void> {
  await db.schema
    .createTable("pli_migrations")
    .ifNotExists()
    .addColumn("name", "text", (c) => c.primaryKey())
    .addColumn("applied_at_ms", engine.bigint, (c) => c.notNull())
    .execute();
  for (const migration of migrations) {
    // Asked inside the transaction: two processes that start together apply each migration once.
    await db.transaction().execute(async (tx) => {
      const done = await tx
        .selectFrom("pli_migrations")
        .select("name")
        .where("name", "=", migration.name)
        .executeTakeFirst();
      if (done !== undefined) return;
      await migration.up(tx as unknown as Kysely<unknown>, engine);
      await tx.insertInto("pli_migrations").values({ name: migration.name, applied_at_ms: now() }).execute();
    });
  }
}
