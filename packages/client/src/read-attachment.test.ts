/** Reading attachments under a network that cuts and refuses: the exact bytes, or an error; never a quiet end too early. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeCrypto } from "@pli/core/crypto-node";
import { newContentKey } from "@pli/core/sealing";
import fc from "fast-check";
import { readAttachment } from "./read-attachment.ts";
import { createFaultServer, type Fault, type FaultServer, pattern, waitShortly } from "./testing/fault-server.ts";
import { createTransport } from "./transport.ts";
import { createUpload } from "./upload.ts";
import type { UploadedFile } from "./upload-types.ts";

const KIB = 1024;
const FAULTS: readonly Fault[] = ["none", "lost", "cut-answer", "busy", "proxy-page", "late"];

function transportTo(fetch: typeof globalThis.fetch) {
  return createTransport({ origin: "https://pli.example", fetch, wait: waitShortly, tries: 3 });
}

/** A server that holds `bytes` as one attachment of several parts, its network as `nextFault` says from then on. */
async function serving(
  bytes: Uint8Array<ArrayBuffer>,
  nextFault: () => Fault = () => "none",
  heedsRange = true,
  partBytes = 512 * KIB,
) {
  let faulty = false;
  const server = createFaultServer(() => (faulty ? nextFault() : "none"), { heedsRange });
  const contentKey = newContentKey(nodeCrypto);
  const upload = createUpload(transportTo(server.fetch), nodeCrypto, {
    envelopeId: "e1",
    contentKey,
    chunkBytes: 256 * KIB,
    partBytes,
  });
  const file = { name: "plan.pdf", mediaType: "application/pdf", sizeBytes: bytes.length, content: new Blob([bytes]) };
  const { parts, attachment } = await upload.add(file).done;
  faulty = true;
  return { server, options: { source: { grantId: "g1" }, contentKey, attachment, parts } };
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece.slice());
  return Buffer.concat(pieces);
}

test("Z2, M14: reading goes on after lost connections and gives the exact bytes, from any offset", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 1_500_000 }),
      fc.float({ min: 0, max: 1, noNaN: true }),
      fc.array(fc.constantFrom(...FAULTS), { maxLength: 12 }),
      fc.boolean(),
      async (size, share, faults, heedsRange) => {
        const bytes = pattern(size);
        let turn = 0;
        const { server, options } = await serving(
          bytes,
          () => (turn < faults.length ? (faults[turn++] as Fault) : "none"),
          heedsRange,
        );
        const offsetBytes = Math.floor(size * share);
        const hashed = await nodeCrypto.createSha256();
        hashed.update(bytes.subarray(0, offsetBytes));
        let doneBytes = -1;
        const stream = readAttachment(transportTo(server.fetch), nodeCrypto, {
          ...options,
          offsetBytes,
          hashed,
          tries: 30,
          onProgress: (done) => {
            doneBytes = done;
          },
        });
        assert.deepEqual(await collect(stream), Buffer.from(bytes.subarray(offsetBytes)));
        if (size > offsetBytes) assert.equal(doneBytes, size);
      },
    ),
    { numRuns: 60 },
  );
});

test("Z2: a lost connection is resumed at the border of a segment, not from the beginning", async () => {
  let cuts = 1;
  const bytes = pattern(500_000);
  const { server, options } = await serving(bytes, () => (cuts-- > 0 ? "cut-answer" : "none"));
  const ranges: string[] = [];
  const spying: typeof fetch = (url, init) => {
    ranges.push(new Headers(init?.headers).get("range") ?? "whole");
    return server.fetch(url, init);
  };
  assert.deepEqual(await collect(readAttachment(transportTo(spying), nodeCrypto, options)), Buffer.from(bytes));
  assert.deepEqual(ranges, ["whole", `bytes=40-`]);
});

/** The same content with one part's bytes changed. */
function tampered(server: FaultServer, change: (sealed: Uint8Array) => Uint8Array): typeof fetch {
  return async (url, init) => {
    const answer = await server.fetch(url, init);
    return new Response(change(new Uint8Array(await answer.arrayBuffer())).slice(), { status: answer.status });
  };
}

test("Z2: flipped, cut or swapped content ends in `integrity`, never in a quiet end", async () => {
  const bytes = pattern(700_000);
  const { server, options } = await serving(bytes);
  const flips = [0, 5, 39, 40, 262_143, 262_144, 262_200];
  for (const at of flips) {
    const fetch = tampered(server, (sealed) => sealed.with(at, (sealed[at] as number) ^ 1));
    await assert.rejects(
      collect(readAttachment(transportTo(fetch), nodeCrypto, options)),
      { code: "integrity" },
      `byte ${at}`,
    );
  }
  const [first, second] = options.attachment.parts as [number, number];
  const others: UploadedFile["attachment"][] = [
    { ...options.attachment, parts: [second, first] },
    { ...options.attachment, parts: [first] },
    { ...options.attachment, sizeBytes: bytes.length - 1 },
    { ...options.attachment, sha256: "A".repeat(43) },
  ];
  for (const attachment of others) {
    await assert.rejects(collect(readAttachment(transportTo(server.fetch), nodeCrypto, { ...options, attachment })), {
      code: "integrity",
    });
  }
});

test("Z2, Z4: a line that breaks again and again is borne as long as each connection brings something", async () => {
  const bytes = pattern(2_000_000);
  const { server, options } = await serving(bytes, undefined, true, 4 * 1024 * KIB);
  let connections = 0;
  const short: typeof fetch = async (url, init) => {
    connections += 1;
    const answer = await server.fetch(url, init);
    const some = new Uint8Array(await answer.arrayBuffer()).subarray(0, 300 * KIB);
    return new Response(some.slice(), { status: answer.status, headers: answer.headers });
  };
  const stream = readAttachment(transportTo(short), nodeCrypto, { ...options, tries: 2 });
  assert.deepEqual(await collect(stream), Buffer.from(bytes));
  assert.ok(connections > 6, `${connections} connections`);
});

test("Z2: an answer with another range than was asked for is no content, and asked for again", async () => {
  const bytes = pattern(700_000);
  const { server, options } = await serving(bytes, undefined, true, 4 * 1024 * KIB);
  let wrong = 1;
  const shifted: typeof fetch = async (url, init) => {
    const answer = await server.fetch(url, init);
    const [, start, rest] = /^bytes (\d+)(-.*)$/.exec(answer.headers.get("content-range") ?? "") ?? [];
    // The header comes right: it is the content that a cache in between answers with another piece of.
    if (start === undefined || start === "0" || wrong-- <= 0) return answer;
    const body = new Uint8Array(await answer.arrayBuffer()).subarray(7);
    const headers = new Headers(answer.headers);
    headers.set("content-range", `bytes ${Number(start) + 7}${rest}`);
    return new Response(body.slice(), { status: 206, headers });
  };
  const hashed = await nodeCrypto.createSha256();
  hashed.update(bytes.subarray(0, 300_000));
  const from = { ...options, offsetBytes: 300_000, hashed };
  const stream = readAttachment(transportTo(shifted), nodeCrypto, from);
  assert.deepEqual(await collect(stream), Buffer.from(bytes.subarray(300_000)));
  assert.ok(wrong < 0, "no range was asked for");
});

test("Z2: a server that ends a part early, again and again, ends in `network`", async () => {
  const { options, server } = await serving(pattern(700_000), () => "cut-answer");
  const stream = readAttachment(transportTo(server.fetch), nodeCrypto, { ...options, tries: 3 });
  await assert.rejects(collect(stream), { code: "network" });
});

test("M14: a refusal is told as it is, and giving up stops the network", async () => {
  const { options } = await serving(pattern(10));
  const refusing: typeof fetch = async () =>
    new Response('{"code":"opening_required"}', {
      status: 403,
      headers: { "content-type": "application/problem+json" },
    });
  await assert.rejects(collect(readAttachment(transportTo(refusing), nodeCrypto, options)), {
    code: "opening_required",
  });

  const silent: typeof fetch = (_url, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
    });
  const controller = new AbortController();
  const signalled = collect(readAttachment(transportTo(silent), nodeCrypto, { ...options, signal: controller.signal }));
  controller.abort();
  await assert.rejects(signalled, { code: "cancelled" });
  const reader = readAttachment(transportTo(silent), nodeCrypto, options).getReader();
  const reading = reader.read();
  await reader.cancel();
  assert.equal((await reading).done, true);
});
