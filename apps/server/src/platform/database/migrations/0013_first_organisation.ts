/** The organisation made first is asked for by every page that signs in: along an index, however many there are. */
import type { Migration } from "../migrate.ts";

export const firstOrganisation: Migration = {
  name: "0013_first_organisation",
  // On a table of an earlier release, but a small one: made before an older node's write has waited.
  up: async (db) => {
    await db.schema
      .createIndex("organisations_by_age")
      .on("organisations")
      .columns(["created_at_ms", "organisation_id"])
      .execute();
  },
};
