/** Passkeys, second factors, recovery codes, and sign-ins that wait for their second step. */
import type { Migration } from "../migrate.ts";

export const factors: Migration = {
  name: "0009_factors",
  up: async (db, engine) => {
    const { bigint, clustered } = engine;
    // All null for rows that an older node writes: null is "not asked for", "not given", "never".
    await db.schema.alterTable("members").addColumn("second_step", "integer").execute();
    await db.schema.alterTable("sessions").addColumn("confirmed_at_ms", bigint).execute();
    await db.schema.alterTable("key_slots").addColumn("credential_id", "text").execute();
    await db.schema
      .createTable("passkeys")
      .addColumn("passkey_id", "text", (c) => c.primaryKey().notNull())
      .addColumn("member_id", "text", (c) => c.notNull())
      .addColumn("credential_id", "text", (c) => c.notNull().unique())
      .addColumn("public_key", "text", (c) => c.notNull())
      .addColumn("counter", bigint, (c) => c.notNull())
      .addColumn("transports", "text", (c) => c.notNull())
      .addColumn("backup_eligible", "integer", (c) => c.notNull())
      .addColumn("backed_up", "integer", (c) => c.notNull())
      .addColumn("name", "text", (c) => c.notNull())
      .addColumn("created_at_ms", bigint, (c) => c.notNull())
      .addColumn("last_used_at_ms", bigint)
      .execute();
    await db.schema.createIndex("passkeys_of_member").on("passkeys").columns(["member_id", "passkey_id"]).execute();
    await db.schema
      .createTable("totp_factors")
      .addColumn("member_id", "text", (c) => c.primaryKey().notNull())
      // Sealed under a key outside the database.
      .addColumn("secret", "text", (c) => c.notNull())
      // Null until a first code has shown that the other side has it.
      .addColumn("confirmed_at_ms", bigint)
      // The last time step that was used: each works once.
      .addColumn("last_step", bigint, (c) => c.notNull())
      .addColumn("created_at_ms", bigint, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable("recovery_codes")
      .addColumn("member_id", "text", (c) => c.notNull())
      .addColumn("code_hmac", "text", (c) => c.notNull())
      .addColumn("created_at_ms", bigint, (c) => c.notNull())
      .addPrimaryKeyConstraint("recovery_codes_key", ["member_id", "code_hmac"])
      .modifyEnd(clustered)
      .execute();
    // Not sessions: whoever has one has shown the mailbox, and may do nothing but the second step.
    await db.schema
      .createTable("sign_in_steps")
      .addColumn("secret_sha256", "text", (c) => c.primaryKey().notNull())
      .addColumn("member_id", "text", (c) => c.notNull())
      .addColumn("tries_left", "integer", (c) => c.notNull())
      .addColumn("expires_at_ms", bigint, (c) => c.notNull())
      .modifyEnd(clustered)
      .execute();
    await db.schema.createIndex("sign_in_steps_by_end").on("sign_in_steps").columns(["expires_at_ms"]).execute();
  },
};
