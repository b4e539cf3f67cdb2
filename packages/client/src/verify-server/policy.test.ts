/** A policy that allows more than the published one is never taken for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { weakerDirective, withConnections } from "./policy.ts";

const PUBLISHED =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types pli";

const CASES: readonly (readonly [title: string, served: string, weaker: string | null])[] = [
  ["the same", PUBLISHED, null],
  ["the same, written otherwise", PUBLISHED.toUpperCase().replaceAll("; ", " ;  "), null],
  ["stricter", PUBLISHED.replace("img-src 'self' blob: data:", "img-src 'none'"), null],
  ["a directive left to a stricter default", PUBLISHED.replace("style-src 'self'; ", ""), null],
  ["what only tightens", `${PUBLISHED}; upgrade-insecure-requests; sandbox allow-scripts`, null],
  ["two policies, of which one is enough", `default-src *, ${PUBLISHED}`, null],
  ["no policy at all", "", "default-src"],
  ["report only what happens", "default-src 'none'", "base-uri"],
  ["scripts from elsewhere", PUBLISHED.replace("script-src", "script-src https:"), "script-src https:"],
  ["inline scripts", PUBLISHED.replace("script-src", "script-src 'unsafe-inline'"), "script-src 'unsafe-inline'"],
  ["inline handlers only", `${PUBLISHED}; script-src-attr 'unsafe-inline'`, "script-src-attr 'unsafe-inline'"],
  [
    "script elements only",
    `${PUBLISHED}; script-src-elem 'self' https://evil.example`,
    "script-src-elem https://evil.example",
  ],
  ["plug-ins, which the default forbade", `${PUBLISHED}; object-src *`, "object-src *"],
  ["workers from data", PUBLISHED.replace("worker-src 'self'", "worker-src 'self' data:"), "worker-src data:"],
  ["data sent elsewhere", PUBLISHED.replace("connect-src 'self'", "connect-src *"), "connect-src *"],
  ["forms sent elsewhere", PUBLISHED.replace("form-action 'self'; ", ""), "form-action"],
  ["framed by others", PUBLISHED.replace("frame-ancestors 'none'", "frame-ancestors *"), "frame-ancestors *"],
  ["another base", PUBLISHED.replace("base-uri 'none'; ", ""), "base-uri"],
  ["no trusted types", PUBLISHED.replace("require-trusted-types-for 'script'; ", ""), "require-trusted-types-for"],
  ["another trusted-types policy", `${PUBLISHED} other`, "trusted-types other"],
  ["any trusted-types policy", PUBLISHED.replace("; trusted-types pli", ""), "trusted-types"],
  ["reports to somebody", `${PUBLISHED}; report-uri https://evil.example/`, "report-uri"],
  ["what nobody knows", `${PUBLISHED}; surprise-src *`, "surprise-src"],
  ["a first directive that counts before the right one", `script-src *; ${PUBLISHED}`, "script-src *"],
];

for (const [title, served, weaker] of CASES) {
  test(`Q9: policy: ${title}: ${weaker ?? "strict enough"}`, () => {
    assert.equal(weakerDirective(served, PUBLISHED), weaker);
  });
}

test("Q9: policy: any source added to any directive is weaker, any source taken away is not", () => {
  const directives = PUBLISHED.split("; ");
  const place = fc.integer({ min: 0, max: directives.length - 1 });
  fc.assert(
    fc.property(place, fc.constantFrom("https:", "*", "evil.example", "'unsafe-eval'"), (index, source) => {
      const [name, ...values] = (directives[index] ?? "").split(" ");
      const wider = directives.with(index, [name, ...values.filter((value) => value !== "'none'"), source].join(" "));
      // This one asks for more protection the longer it is.
      if (name !== "require-trusted-types-for") {
        assert.equal(weakerDirective(wider.join("; "), PUBLISHED), `${name} ${source}`);
      }
      const tighter = directives.with(index, [name, ...values.slice(1)].join(" "));
      const weaker = weakerDirective(tighter.join("; "), PUBLISHED);
      assert.equal(weaker, name === "require-trusted-types-for" ? name : null);
    }),
  );
});

test("Q9: policy: a bucket that is named may be connected to, and nothing else", () => {
  const bucket = "https://bucket.example";
  const served = PUBLISHED.replace("connect-src 'self'", `connect-src 'self' ${bucket}`);
  assert.equal(weakerDirective(served, PUBLISHED), `connect-src ${bucket}`);
  assert.equal(weakerDirective(served, withConnections(PUBLISHED, [bucket])), null);
  assert.equal(weakerDirective(served, withConnections(PUBLISHED, ["https://other.example"])), `connect-src ${bucket}`);
  const wider = served.replace("script-src", `script-src ${bucket}`);
  assert.equal(weakerDirective(wider, withConnections(PUBLISHED, [bucket])), `script-src ${bucket}`);
});
