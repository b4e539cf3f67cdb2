/** The configuration as containers and services hand it over: values in files of their own (Q2, Q7). */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { ConfigError, readConfig } from "./config.ts";
import { lineFaults } from "./config-lines.ts";

const SECRET = "smtp://pli:open-sesame@relay.example:587";

async function fileWith(t: TestContext, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pli-config-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "value");
  await writeFile(path, text);
  return path;
}

function faultOf(environment: Readonly<Record<string, string>>): ConfigError {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("no fault was found");
}

test("Q2: a value may be in a file of its own, with or without a line break at its end", async (t) => {
  for (const end of ["", "\n", "\r\n"]) {
    const config = readConfig({ PLI_SMTP_URL_FILE: await fileWith(t, `${SECRET}${end}`) });
    assert.equal(config.smtpUrl, SECRET);
  }
  const file = await fileWith(t, `PLI_SMTP_URL_FILE=${await fileWith(t, SECRET)}\n`);
  assert.equal(readConfig({ PLI_CONFIG: file }).smtpUrl, SECRET, "and the file of settings may name it");
});

test("Q2: a value given twice, a file that is missing, empty or too large is a fault, and its content is not told", async (t) => {
  const path = await fileWith(t, SECRET);
  const cases = [
    { PLI_SMTP_URL: SECRET, PLI_SMTP_URL_FILE: path },
    { PLI_SMTP_URL_FILE: `${path}-none` },
    { PLI_SMTP_URL_FILE: await fileWith(t, "\n") },
    { PLI_SMTP_URL_FILE: await fileWith(t, SECRET.repeat(1000)) },
  ];
  for (const environment of cases) {
    const error = faultOf(environment);
    assert.deepEqual(
      error.faults.map(({ name }) => name),
      ["PLI_SMTP_URL_FILE"],
    );
    assert.doesNotMatch(error.message, /sesame/);
  }
  const error = faultOf({ PLI_SMTP_URL_FILE: await fileWith(t, "open-sesame") });
  assert.deepEqual(
    error.faults.map(({ name }) => name),
    ["PLI_SMTP_URL"],
    "what is in it is checked like any value",
  );
  assert.doesNotMatch(error.message, /sesame/);
});

test("Q2: a line of the file of settings that says nothing, or sets what there is not, is a fault with its number", async (t) => {
  const lines = [
    "# it's a remark",
    "",
    'PLI_ORGANISATION="Pli',
    'open-sesame"',
    "PLI_PORT 8099",
    "export PLI_HOST=127.0.0.1",
    "PLI_PROT=8099",
    "=open-sesame",
    "pli_port=1",
    "NODE_ENV=production",
    "PLI_SMTP_URL open-sesame",
  ];
  for (const end of ["\n", "\r\n"]) {
    const error = faultOf({ PLI_CONFIG: await fileWith(t, lines.join(end)) });
    const told = error.faults.filter(({ name }) => name === "PLI_CONFIG").map(({ fault }) => fault);
    assert.deepEqual(told, [
      "line 5 of the file is no NAME=value",
      "line 7 of the file: there is no setting PLI_PROT",
      "line 8 of the file is no NAME=value",
      "line 9 of the file: there is no setting pli_port",
      "line 11 of the file is no NAME=value",
    ]);
    assert.doesNotMatch(error.message, /sesame/);
  }
});

test("Q2: quotes over several lines, export, remarks, empty lines and every setting of the manual are good lines", async (t) => {
  const lines = [
    "\uFEFFPLI_PORT=8099",
    "  export PLI_OWNER = you@example.org # first",
    "",
    " # PLI_PORT 8099",
    "OTHER='one",
    "PLI_NONE two",
    "three' # remark",
    "EMPTY=",
    "PLI_HOST=0.0.0.0",
  ];
  const config = readConfig({ PLI_CONFIG: await fileWith(t, lines.join("\n")) });
  assert.deepEqual([config.port, config.owner, config.host], [8099, "you@example.org", "0.0.0.0"]);

  const manual = await readFile(new URL("../../../docs/operation.md", import.meta.url), "utf8");
  const rows = manual.split("\n").filter((row) => row.startsWith("| `PLI_"));
  const names = rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/PLI_[A-Z0-9_]+/g)].map(([name]) => name));
  assert.ok(names.length > 30);
  assert.deepEqual(lineFaults(names.map((name) => `${name}=`).join("\n")), []);
});
