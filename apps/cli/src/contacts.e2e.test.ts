/** Contacts by the real program (M23): a file comes in, is listed, goes out and comes in again unchanged. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Contact } from "@pli/core/wire";
import { runCli, temporaryFolder } from "../../../e2e/harness.ts";
import { newSender } from "./testing/people.ts";

const sender = await newSender();

test("M23, C3: pli contacts imports a table, lists and exports; the same again changes nothing", async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, "carnet.csv");
  await writeFile(path, "Nom;Courriel;GSM\nÉlise Dubois;elise@x.example;0032470123456\nSans adresse;;\n");
  const wanted = { added: 1, updated: 0, unchanged: 0, refused: 1 };
  const { rows: _dry, ...dry } = await sender.json<Record<string, unknown>>("contacts", "import", path, "--dry-run");
  assert.deepEqual(dry, wanted);
  assert.deepEqual(await sender.json("contacts", "list"), []);
  const { rows: _rows, ...done } = await sender.json<Record<string, unknown>>("contacts", "import", path);
  assert.deepEqual(done, wanted);
  const [contact] = await sender.json<Contact[]>("contacts", "list", "--search", "dub");
  assert.deepEqual([contact?.name, contact?.mobile], ["Élise Dubois", "+32470123456"]);
  for (const name of ["out.csv", "out.vcf"]) {
    const out = join(folder, name);
    await sender.json("contacts", "export", out);
    assert.match(await readFile(out, "utf8"), /elise@x\.example/);
    const { unchanged } = await sender.json<{ unchanged: number }>("contacts", "import", out);
    assert.equal(unchanged, 1, name);
  }
  const run = await runCli(["contacts", "list"], { home: sender.home });
  assert.equal(run.stdout, "elise@x.example  Élise Dubois    +32470123456\n");
  const { stdout } = await runCli(["contacts", "export"], { home: sender.home });
  assert.match(stdout, /^\ufeff?Name,.*\n"?Élise Dubois"?,elise@x\.example,[^\n\r\ufffd]*\n$/);
  await writeFile(path, stdout);
  assert.equal((await sender.json<{ unchanged: number }>("contacts", "import", path)).unchanged, 1, "from stdout");
  assert.equal((await runCli(["contacts", "import"], { home: sender.home })).status, 2);
});
