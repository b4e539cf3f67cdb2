/** Who gets a page at an address that is nowhere, and who a problem (site.ts). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lostPage } from "./site.ts";

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

test("M17: only a browser that goes to a page outside the API is shown one where there is nothing", () => {
  for (const path of ["/o", "/verify", "/o/abc/def"]) {
    for (const method of ["GET", "HEAD"])
      assert.equal(lostPage(path, method, BROWSER), "open.html", `${method} ${path}`);
    for (const accept of ["*/*", "application/json", "image/avif,image/webp,*/*", undefined]) {
      assert.equal(lostPage(path, "GET", accept), null, String(accept));
    }
    assert.equal(lostPage(path, "POST", BROWSER), null);
  }
  assert.equal(lostPage("/api/v1/nothing", "GET", BROWSER), null);
});
