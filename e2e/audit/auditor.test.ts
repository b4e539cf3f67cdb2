/** The auditor against planted violations: of a sound installation it finds nothing, and each single thing that is wrong it finds. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { auditClean, auditMails, auditRows, auditTimes } from "./auditor.ts";
import { auditRepeats } from "./mail-auditor.ts";
import type { Arrival } from "./mail-sink.ts";
import { AT_MS, type Scene, soundScene } from "./sound-scene.ts";
import type { StoredFile } from "./stored-rows.ts";

const MINUTE_MS = 60_000;

const audit = ({ rows, files, ledger }: Scene) => auditRows(rows, files, ledger);
const find = <T>(list: readonly T[], is: (one: T) => boolean): T => list.find(is) ?? assert.fail("nothing to spoil");
const change = <T extends object>(one: T, to: Partial<T>): void => void Object.assign(one, to);
const without = <T>(list: T[], is: (one: T) => boolean): void => void list.splice(list.indexOf(find(list, is)), 1);

/** What goes wrong, how it is planted, and what the auditor says. */
const PLANTED: readonly (readonly [string, (scene: Scene) => void, RegExp])[] = [
  ["a damaged database", ({ rows }) => change(rows, { integrity: "page 7" }), /damaged: page 7/],
  [
    "an accepted message that is gone",
    ({ rows }) => without(rows.envelopes, (row) => row.envelope_id === "living"),
    /accepted and is lost/,
  ],
  [
    "an accepted message that is a draft again",
    ({ rows }) =>
      change(
        find(rows.envelopes, (row) => row.envelope_id === "living"),
        { state: "draft" },
      ),
    /accepted and is lost/,
  ],
  [
    "a message half there that nobody was promised",
    ({ rows, ledger }) => {
      find([...ledger.messages.values()], (one) => one.prepared.envelopeId === "living").acknowledged = false;
      without(rows.envelopes, (row) => row.envelope_id === "living");
    },
    /half there/,
  ],
  ["a lost grant", ({ rows }) => without(rows.grants, (row) => row.grant_id === "living-link"), /1 of 2 grants/],
  ["a lost mail", ({ rows }) => without(rows.outbox, (row) => row.grant_id === "living-mail"), /0 of 1 notifications/],
  [
    "other content",
    ({ rows }) =>
      change(
        find(rows.envelopes, (row) => row.envelope_id === "living"),
        { commitment: "d" },
      ),
    /another commitment/,
  ],
  [
    "a message sent twice",
    ({ rows }) => void rows.journal.push({ ...find(rows.journal, (row) => row.event === "sent"), entry_id: "x" }),
    /sent 2 times/,
  ],
  ["a lost chunk", ({ files }) => without(files, (file) => file.folder === "living"), /misses a chunk/],
  [
    "a short chunk",
    ({ files }) => void files.splice(0, 1, { folder: "living", name: "0-1-0", sizeBytes: 19 }),
    /29 of 30 bytes/,
  ],
  [
    "a reply that is gone",
    ({ rows }) => without(rows.envelopes, (row) => row.envelope_id === "reply"),
    /reply reply was accepted and is lost/,
  ],
  [
    "a reply that lost a chunk",
    ({ files }) => without(files, (file) => file.folder === "reply"),
    /reply part 0 misses/,
  ],
  [
    "a reply that the journal does not know",
    ({ rows }) => without(rows.journal, (row) => row.event === "replied"),
    /1 replies arrived, the journal knows 0/,
  ],
  [
    "a message revoked by nobody",
    ({ rows }) =>
      change(
        find(rows.envelopes, (row) => row.envelope_id === "living"),
        { state: "revoked" },
      ),
    /revoked by nobody/,
  ],
  [
    "a revoked message that lives",
    ({ rows }) =>
      change(
        find(rows.envelopes, (row) => row.envelope_id === "ended"),
        { state: "sent" },
      ),
    /was revoked and lives/,
  ],
  [
    "a revocation that the journal does not know",
    ({ rows }) => without(rows.journal, (row) => row.event === "revoked"),
    /does not know that ended was revoked/,
  ],
  [
    "a key of what was revoked",
    ({ rows }) => void rows.keys.push({ envelope_id: "ended", grant_id: null, where: "seals.sealed_key" }),
    /its seals.sealed_key is still there/,
  ],
  [
    "an opening too many",
    ({ rows, ledger }) => {
      find(rows.grants, (row) => row.grant_id === "living-link").openings_total = 2;
      find(rows.grants, (row) => row.grant_id === "living-link").openings_left = 0;
      for (const openingsLeft of [1, 0]) {
        const event = find(rows.journal, (row) => row.event === "opened");
        rows.journal.push({
          ...event,
          entry_id: `x${openingsLeft}`,
          grant_id: "living-link",
          facts: JSON.stringify({ openingsLeft }),
        });
      }
      find([...ledger.grants.values()], (one) => one.grantId === "living-link").openingsTried = 2;
    },
    /gave 2 of 1 openings/,
  ],
  [
    "an opening below zero",
    ({ rows }) =>
      change(
        find(rows.grants, (row) => row.grant_id === "living-link"),
        { openings_left: -1 },
      ),
    /-1 openings left/,
  ],
  [
    "an opening that nobody asked for",
    ({ ledger }) => {
      const grant = find([...ledger.grants.values()], (one) => one.grantId === "living-mail");
      [grant.openingsTried, grant.openingsGiven] = [1, 1];
    },
    /counts 2 openings, 1 were asked for/,
  ],
  [
    "an opening that was given and forgotten",
    ({ ledger }) => {
      const grant = find([...ledger.grants.values()], (one) => one.grantId === "living-mail");
      [grant.openingsTried, grant.openingsGiven] = [3, 3];
    },
    /forgot an opening/,
  ],
  [
    "an opening without its entry",
    ({ rows }) => without(rows.journal, (row) => row.event === "opened"),
    /used 2 openings, the journal knows 1/,
  ],
  [
    "one turn given to two",
    ({ rows }) => {
      for (const row of rows.journal) if (row.event === "opened") row.facts = JSON.stringify({ openingsLeft: 1 });
    },
    /counts 1, 1 of 3/,
  ],
  [
    "an entry twice",
    ({ rows }) => void rows.journal.push({ ...find(rows.journal, (row) => row.event === "notified") }),
    /an entry twice/,
  ],
  [
    "a journal that begins in the middle",
    ({ rows }) =>
      change(
        find(rows.journal, (row) => row.event === "sent"),
        { at_ms: AT_MS + MINUTE_MS },
      ),
    /does not begin with its sending/,
  ],
  [
    "a mail that went out without an entry",
    ({ rows }) => without(rows.journal, (row) => row.event === "notified"),
    /is accepted, and the journal does not know it/,
  ],
  [
    "an entry of a mail that did not go out",
    ({ rows }) =>
      change(
        find(rows.outbox, (row) => row.grant_id === "living-mail"),
        { state: "waiting" },
      ),
    /is waiting, and the journal knows it as gone out/,
  ],
];

describe("the auditor", () => {
  test("Q10: finds nothing in a sound installation", () => {
    assert.deepEqual(audit(soundScene()), []);
  });
  for (const [what, plant, finding] of PLANTED) {
    test(`Q10: finds ${what}`, () => {
      const scene = soundScene();
      plant(scene);
      assert.match(audit(scene).join("\n"), finding);
    });
  }

  const clean = ({ rows, files }: Scene) => auditClean({ rows: async () => rows, files: async () => files });
  test("Q10/Z8: finds what a clean-up left behind", async () => {
    assert.deepEqual(await clean(soundScene()), []);
    const leftovers: readonly (readonly [StoredFile, RegExp])[] = [
      [{ folder: "nobody", name: "0-1-0", sizeBytes: 1 }, /belongs to no envelope/],
      [{ folder: "ended", name: "0-1-0", sizeBytes: 1 }, /left of an envelope that is revoked/],
      [{ folder: "living", name: "0-2-0", sizeBytes: 1 }, /belongs to no part/],
      [{ folder: "living", name: "0-1-2", sizeBytes: 1 }, /belongs to no part/],
    ];
    for (const [file, finding] of leftovers) {
      const scene = soundScene();
      scene.files.push(file);
      assert.match((await clean(scene)).join("\n"), finding);
    }
    const scene = soundScene();
    find(scene.rows.outbox, (row) => row.state === "accepted").secret = "a secret";
    assert.match((await clean(scene)).join("\n"), /keeps its secret/);
  });

  test("Q11: finds a mail that never came", () => {
    const { ledger } = soundScene();
    assert.deepEqual(auditMails(ledger, { links: new Set(["link of living-mail"]) }), []);
    assert.match(auditMails(ledger, { links: new Set() }).join("\n"), /no mail of grant living-mail/);
  });

  test("Q11: counts a mail that came again around a fault, and finds one that came again without", () => {
    const arrivals = (...atMs: number[]): readonly Arrival[] => atMs.map((ms) => ({ atMs: AT_MS + ms, link: "l" }));
    const faults = [{ fromMs: AT_MS + MINUTE_MS, untilMs: AT_MS + 2 * MINUTE_MS }];
    const of = (...list: readonly (readonly Arrival[])[]) =>
      auditRepeats({ arrivals: new Map(list.map((one, index) => [`<${index}>`, one])) }, faults);
    assert.deepEqual(of(arrivals(0)), { excused: 0, findings: [] });
    assert.deepEqual(of(arrivals(1.5 * MINUTE_MS, 9 * MINUTE_MS)), { excused: 1, findings: [] });
    assert.match(of(arrivals(0, 1.5 * MINUTE_MS)).findings.join("\n"), /came again without a fault/);
    assert.match(of(arrivals(0), arrivals(0)).findings.join("\n"), /bear one link/);
  });

  test("Q3: finds an entry that bears another time than it has", () => {
    const { rows } = soundScene();
    const run = { fromMs: AT_MS - 1000, untilMs: AT_MS + 1000 };
    assert.deepEqual(auditTimes(rows, run), []);
    find(rows.journal, (row) => row.event === "opened").at_ms += 10 * MINUTE_MS;
    assert.match(auditTimes(rows, run).join("\n"), /"opened" of living/);
  });
});
