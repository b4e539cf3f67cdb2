/** What the log tells of a request. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { loggedPath } from "./watch-request.ts";

test("Q2, Q5: the log tells paths, but no link that is a right by itself", () => {
  for (const path of ["/", "/stop/stop.css", "/api/v1/envelopes/01k9/live", "/o/AAAA", "/stop"]) {
    assert.equal(loggedPath(path), path);
  }
  assert.equal(loggedPath("/stop/01k9xz.opened.AbC-_1"), "/stop/…");
});
