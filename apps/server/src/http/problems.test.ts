/** Problem documents against the page that integrators read: which code has which status, and what comes with it. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { ERROR_CODES, PliError } from "@pli/core/errors";
import { problemAnswer } from "./problems.ts";

const ORIGIN = "https://pli.example";

test("C1: every code that comes over the wire has the status that the API's page says", async () => {
  const page = await readFile(new URL("../../../../docs/api.md", import.meta.url), "utf8");
  const said = new Map<string, number>();
  for (const [, codes = "", status] of page.matchAll(/^\| ((?:`\w+`(?:, )?)+) \| (\d{3}) \|/gm)) {
    for (const [, code = ""] of codes.matchAll(/`(\w+)`/g)) said.set(code, Number(status));
  }
  const own = /^((?:`\w+`(?:, | and )?)+) are the SDK's own/m.exec(page)?.[1] ?? "";
  const known = ERROR_CODES.filter((code) => !own.includes(`\`${code}\``));
  const answered = known.map((code) => [code, problemAnswer(new PliError(code), ORIGIN, "r").status]);
  assert.deepEqual(Object.fromEntries(answered), Object.fromEntries(known.map((code) => [code, said.get(code)])));
});

test("C1: a problem tells its code and details, is kept by no cache, and of a fault it tells nothing", () => {
  const limited = new PliError("rate_limited", { details: { retryAfterSeconds: 12.2 } });
  const { headers, body } = problemAnswer(limited, ORIGIN, "r1");
  assert.deepEqual(headers, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "retry-after": "13",
  });
  assert.deepEqual(JSON.parse(body), {
    type: "https://pli.example/problems/rate_limited",
    title: "rate limited",
    status: 429,
    code: "rate_limited",
    details: { retryAfterSeconds: 12.2 },
    requestId: "r1",
  });
  const fault = problemAnswer(new TypeError("the password was Zebra"), ORIGIN, "r2");
  assert.deepEqual([fault.status, JSON.parse(fault.body).code, fault.body.includes("Zebra")], [500, "internal", false]);
});
