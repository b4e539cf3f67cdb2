/** A manifest's body from a server that lies about its length, or never ends. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeCrypto } from "@pli/core/crypto-node";
import { newContentKey } from "@pli/core/sealing";
import { LIMITS } from "@pli/core/wire";
import { readManifest } from "./read-manifest.ts";
import { endlessBody, waitShortly } from "./testing/fault-server.ts";
import { createTransport } from "./transport.ts";

test("Z3: a manifest that does not end is refused at its limit, whatever length its answer claims", async () => {
  for (const headers of [{}, { "content-length": "100" }]) {
    const endless = endlessBody(4 * LIMITS.manifestBytes);
    const t = createTransport({
      origin: "https://pli.example",
      fetch: async () => new Response(endless.body, { headers }),
      wait: waitShortly,
    });
    const reading = readManifest(t, nodeCrypto, { source: { grantId: "g" }, contentKey: newContentKey(nodeCrypto) });
    await assert.rejects(reading, { code: "integrity" });
    const given = endless.givenBytes();
    assert.ok(given <= LIMITS.manifestBytes + 2 * endless.pieceBytes, `${given} bytes were taken`);
    assert.ok(endless.stopped(), "the connection was given up");
  }
});
