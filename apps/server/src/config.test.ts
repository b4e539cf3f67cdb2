/** The configuration as containers and services hand it over: values in files of their own (Q2, Q7). */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { ConfigError, readConfig } from "./config.ts";

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
