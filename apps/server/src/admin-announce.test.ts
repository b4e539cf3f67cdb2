/** The text of an announcement, as operators write it, and the command. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import fc from "fast-check";
import { readAnnouncements } from "./admin-announce.ts";
import { NotUnderstood } from "./admin-maintenance.ts";

test("A3: sections by language; whatever a file holds is understood or refused in words, and keeps to the limits", () => {
  const found = readAnnouncements("\uFEFF[nl] Onderhoud\r\nEen.\r\nTwee.\r\n\r\n\r\nDrie.\r\n[en] Work\nOne.");
  assert.deepEqual(Object.fromEntries(found), {
    nl: { subject: "Onderhoud", paragraphs: ["Een. Twee.", "Drie."] },
    en: { subject: "Work", paragraphs: ["One."] },
  });
  for (const [text, why] of [
    ["", /no section/],
    ["Hello", /Line 1: text before/],
    ["[es] Hola\nx", /Line 1: \[es\]/],
    ["[en]\nx", /no subject/],
    ["[en] A\n", /no text/],
    ["[en] A\nx\n[en] B\ny", /Line 3: \[en\] is there twice/],
    [`[en] ${"a".repeat(151)}\nx`, /150/],
    [`[en] A\n${"a".repeat(2001)}`, /2000/],
    [`[en] A\n${"a\n\n".repeat(21)}`, /20 paragraphs/],
  ] as const) {
    assert.throws(
      () => readAnnouncements(text),
      (error) => error instanceof NotUnderstood && why.test(error.message),
      text.slice(0, 40),
    );
  }
  const line = fc.oneof(fc.constantFrom("[en] A", "[fr] B", "", "text", "[x] y"), fc.string());
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      try {
        for (const { subject, paragraphs } of readAnnouncements(lines.join("\n")).values()) {
          assert.ok(subject !== "" && paragraphs.length > 0 && paragraphs.length <= 20);
          assert.ok(paragraphs.every((paragraph) => paragraph.trim() !== "" && !paragraph.includes("\n")));
        }
      } catch (error) {
        assert.ok(error instanceof NotUnderstood, String(error));
      }
    }),
  );
});

test("A3: announce --dry-run says how many in which language, and no address", (t) => {
  const data = mkdtempSync(join(tmpdir(), "pli-announce-"));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  writeFileSync(join(data, "word.txt"), "[fr] Travaux\nDimanche.\n");
  const admin = (...args: readonly string[]) =>
    spawnSync(process.execPath, [new URL("admin.ts", import.meta.url).pathname, ...args], {
      encoding: "utf8",
      env: { PATH: process.env.PATH, PLI_DATA: join(data, "pli") },
    });
  assert.equal(admin("add-member", "--address", "paul@example.org", "--name", "Paul").status, 0);
  const order = ["announce", "--kind", "maintenance", "--text-file", join(data, "word.txt")];
  const told = admin(...order, "--dry-run");
  assert.deepEqual([told.status, told.stdout, told.stderr], [0, "", "Would be sent: 2 in fr; not wanted by 0\n"]);
  const ordered = () => {
    const database = new DatabaseSync(join(data, "pli", "pli.db"), { readOnly: true });
    try {
      return database.prepare("select count(*) as mails from outbox where kind = 'maintenance'").get()?.mails;
    } finally {
      database.close();
    }
  };
  assert.equal(ordered(), 0, "a rehearsal");
  assert.match(admin(...order).stderr, /^Ordered: the server sends them: 2 in fr/);
  assert.equal(ordered(), 2);
});
