/**
 * Runs the migrations not yet applied, in order, each in a transaction. Forward only; an applied one is never changed. Refuses a database
 * that knows more than this program: an old node must not write what it does not understand.
 */
import type { Kysely } from "kysely";
import type { Engine } from "./dialect/engine.ts";
import { migrations } from "./migrations/index.ts";
import type { Schema } from "./schema.ts";

export interface Migration {
  readonly name: string;
  up(db: Kysely<unknown>, engine: Engine): Promise<void>;
}

/** This program cannot work with this database; the message says why, for the operator. */
export class MigrationRefused extends Error {
  constructor(words: string) {
    super(words);
    this.name = "MigrationRefused";
  }
}

/** @throws MigrationRefused */
export async function migrate(db: Kysely<Schema>, engine: Engine, now: () => number): Promise<void> {
  await db.schema
    .createTable("pli_migrations")
    .ifNotExists()
    .addColumn("name", "text", (c) => c.primaryKey())
    .addColumn("applied_at_ms", engine.bigint, (c) => c.notNull())
    .execute();
  const applied = await db.selectFrom("pli_migrations").select("name").orderBy("name").execute();
  const unknown = applied.find(({ name }) => !migrations.some((migration) => migration.name === name));
  if (unknown !== undefined) {
    throw new MigrationRefused(
      `the database was used by a newer version of Pli (it knows "${unknown.name}"). Start that version or a later one`,
    );
  }
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
