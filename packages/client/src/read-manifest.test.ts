/** A manifest's body from a server that lies about its length, or never ends. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeCrypto } from "@pli/core/crypto-node";
import { newContentKey } from "@pli/core/sealing";
import { LIMITS } from "@pli/core/wire";
import { readManifest } from "./read-manifest.ts";
import { waitShortly } from "./testing/fault-server.ts";
import { createTransport } from "./transport.ts";

const PIECE = new Uint8Array(65_536);

test("Z3: a manifest that does not end is refused at its limit, whatever length its answer claims", async () => {
  for (const headers of [{}, { "content-length": "100" }]) {
    let given = 0;
    let stopped = false;
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          given += PIECE.length;
          // a reader without a limit must fail this test, not the machine
          if (given > 4 * LIMITS.manifestBytes) return controller.close();
          controller.enqueue(PIECE);
        },
        cancel() {
          stopped = true;
        },
      });
    const t = createTransport({
      origin: "https://pli.example",
      fetch: async () => new Response(endless(), { headers }),
      wait: waitShortly,
    });
    const reading = readManifest(t, nodeCrypto, { source: { grantId: "g" }, contentKey: newContentKey(nodeCrypto) });
    await assert.rejects(reading, { code: "integrity" });
    assert.ok(given <= LIMITS.manifestBytes + 2 * PIECE.length, `${given} bytes were taken`);
    assert.ok(stopped, "the connection was given up");
  }
});
