/** The check of dependencies refuses what Pli may not ship, and a host in the files of npm. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkDependencyPage, checkHosts, checkLicences, isLicenceAllowed } from "./dependencies.ts";

test("dependencies: licences that bind whoever uses Pli are refused", () => {
  for (const allowed of ["MIT", "(MPL-2.0 OR Apache-2.0)", "GPL-3.0 OR MIT", "MIT AND ISC"])
    assert.ok(isLicenceAllowed(allowed));
  for (const refused of ["AGPL-3.0-only", "LGPL-2.1", "MIT AND GPL-2.0", "SEE LICENSE IN X", ""])
    assert.ok(!isLicenceAllowed(refused));
});

test("dependencies: only what ships is looked at, at any depth", () => {
  const lock = {
    packages: {
      "": {},
      "node_modules/a": { license: "MIT" },
      "node_modules/b": { license: "AGPL-3.0", dev: true },
      "node_modules/@pli/core": { link: true },
      "apps/server/node_modules/@x/c": { license: "GPL-3.0" },
      "node_modules/d": {},
    },
  };
  assert.deepEqual(checkLicences(lock), ["@x/c is GPL-3.0", "d names no licence"]);
});

test("dependencies: a host in the lock file or in .npmrc is found", () => {
  const lock = {
    packages: {
      "node_modules/a": { resolved: "https://registry.example/a.tgz" },
      "node_modules/b": { resolved: "packages/b" },
    },
  };
  assert.equal(checkHosts(lock, "registry=https://registry.example/").length, 2);
  assert.deepEqual(checkHosts({ packages: {} }, "fund=false\n"), []);
});

test("dependencies: each direct one is on the page", () => {
  const lock = { packages: { "apps/x": { dependencies: { hono: "4", "@pli/core": "1", zod: "4" } } } };
  assert.deepEqual(checkDependencyPage(lock, "| `hono` | HTTP |"), ["docs/dependencies.md says nothing of zod"]);
});
