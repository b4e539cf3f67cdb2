/**
 * Plans of every query (issue: scale): what a server asks its database while it does all it can do is explained on a database that is full. No
 * table that grows is read whole, nothing is sorted that is longer than a page, and no query escapes the look.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { watchQueryFunctions } from "./testing/plans/query-functions.ts";

/** Commands of the operator: they run when asked to, over everything. */
const COMMANDS = /^features\/maintenance\//;
/** The same, among queries of other kinds. */
const COMMANDS_ONLY =
  /: (?:\.\w+\(.*|.*\.map\(.*|export async function (?:deleteKeyFingerprint|allMembers|keepJob|mailReaders)\b.*)$/;
// First of all: what is loaded before is not watched.
const functions = await watchQueryFunctions(COMMANDS);

const { testDatabase } = await import("../../../tools/services/shared-postgres.ts");
const { openExplainer } = await import("./testing/plans/explain.ts");
const { makeJourneys } = await import("./testing/plans/journeys.ts");
const { recordStatements } = await import("./testing/plans/record-statements.ts");
const { seed } = await import("./testing/plans/seed.ts");
const { createWorld } = await import("./testing/world.ts");

const ENVELOPES = Number(process.env.PLI_TEST_PLAN_ENVELOPES ?? 20_000);

/** Plans that may be what they are, and why. */
const BEARABLE: readonly { readonly text: RegExp; readonly what?: RegExp; readonly why: string }[] = [
  {
    text: /from "envelopes" where "member_id" = .*(?:order by "envelope_id" desc limit|lower\("from_address"\) like)/,
    what: /^reads \d+ rows of \w+ for nothing$/,
    why: "a search or filter goes through the searcher's own messages or replies, newest first, until the page is full",
  },
  {
    text: /where (?:"contact_addresses"\.)?"(?:book|member)_id" = \$1 and (?:"contact_addresses"\.)?"address_key" in/,
    what: /^reads \d+ rows of (?:contact_addresses|correspondents) for nothing$/,
    why: "many addresses at once are looked for in the whole of a member's own book: the plan for all values takes it for a short one",
  },
  {
    text: /lower\("reference"\)/,
    what: /^sorts \d+ rows$/,
    why: "so does what a search believes to find seldom; the sort keeps a page",
  },
  { text: /^select \* from "members" order by "address"$/, why: "once, when the server starts" },
  { text: /from "sessions".*group by "kind"/s, why: "counts sessions for the operator, once a minute whoever asks" },
  {
    text: /from information_schema\.columns/,
    what: /^(?:sorts \d+ rows|walks along pg_\w+)$/,
    why: "the columns of all tables, by a copy alone",
  },
  { text: /insert into correspondents .* from grants group by/s, why: "once, when this release is installed" },
  {
    text: /from "outbox".*group by "place"/s,
    why: "counts waiting mails for the operator, every five seconds at most",
  },
];

const recorder = recordStatements();

for (const engine of ["sqlite", "postgres"] as const) {
  test(`Q3: no query on ${engine} reads a whole table or sorts more than a page`, {
    timeout: 300_000 + ENVELOPES,
  }, async (t) => {
    const clean: (() => Promise<void> | void)[] = [];
    t.after(async () => {
      for (const one of clean.toReversed()) await one();
    });
    const scope = { after: (one: () => Promise<void> | void) => void clean.push(one) };
    const url = engine === "postgres" ? await testDatabase(scope) : undefined;
    const world = await createWorld(scope, url === undefined ? {} : { PLI_DATABASE_URL: url });
    const { services } = world.server;
    const place = services.config.database;
    await recorder.deaf(() => seed(place, { envelopes: ENVELOPES, heavy: world.owner, nowMs: world.now() }));
    await makeJourneys(world);
    const found = recorder.statements(engine);
    const faults: { readonly what: string; readonly text: string }[] = [];
    await recorder.deaf(async () => {
      const explainer = await openExplainer(place);
      try {
        for (const statement of found) {
          const bearable = BEARABLE.filter(({ text }) => text.test(statement.text));
          const found = await explainer.faultsOf(statement);
          faults.push(...found.filter(({ what }) => !bearable.some((one) => one.what?.test(what) ?? true)));
        }
      } finally {
        await explainer.close();
      }
    });
    assert.ok(found.length > 100, `only ${found.length} statements were heard`);
    assert.deepEqual(
      faults.map(({ what, text }) => `${what}: ${text}`),
      [],
    );
  });
}

test("Q3: every query function has run on these journeys", async () => {
  const missing = (await functions.unused()).filter((name) => !COMMANDS_ONLY.test(name));
  assert.deepEqual(missing, []);
});
