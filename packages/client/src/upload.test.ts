/** The uploader under a network that loses, cuts, delays and refuses: the exact bytes arrive, and no segment is ever sealed twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeCrypto } from "@pli/core/crypto-node";
import { PliError } from "@pli/core/errors";
import type { ContentKey, Manifest } from "@pli/core/sealing";
import { decodeManifest, newContentKey, openBytes } from "@pli/core/sealing";
import fc from "fast-check";
import {
  createFaultServer,
  digestOf,
  type Fault,
  type FaultServer,
  pattern,
  waitShortly,
} from "./testing/fault-server.ts";
import { createTransport } from "./transport.ts";
import { createUpload } from "./upload.ts";
import type { UploadFile, UploadOptions, UploadState } from "./upload-types.ts";

const KIB = 1024;
const FAULTS: readonly Fault[] = ["none", "lost", "lost-answer", "cut-body", "busy", "proxy-page", "too-many", "late"];

function setUp(server: FaultServer, options: Partial<UploadOptions> = {}) {
  const contentKey = newContentKey(nodeCrypto);
  const transport = createTransport({
    origin: "https://pli.example",
    fetch: server.fetch,
    wait: waitShortly,
    tries: 50,
  });
  const upload = createUpload(transport, nodeCrypto, {
    envelopeId: "e1",
    contentKey,
    chunkBytes: 256 * KIB,
    ...options,
  });
  return { contentKey, upload };
}

function fileOf(bytes: Uint8Array<ArrayBuffer>, name = "plan.pdf"): UploadFile {
  return { name, mediaType: "application/pdf", sizeBytes: bytes.length, content: new Blob([bytes]) };
}

async function opened(server: FaultServer, contentKey: ContentKey, parts: readonly number[]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (const part of parts) pieces.push(await openBytes(nodeCrypto, { contentKey, part }, server.part(part)));
  return Buffer.concat(pieces);
}

/** Z2: what is sent again is what was sent before. */
function assertNothingSealedTwice(server: FaultServer): void {
  for (const [key, [first, ...others]] of server.bodies) {
    for (const other of others) assert.deepEqual(other, first, `chunk ${key} went out with other bytes`);
  }
}

function manifest(extra: Partial<Manifest> = {}): Manifest {
  return {
    v: 1,
    kind: "message",
    subject: "Plan",
    body: { html: "<p>Plan</p>", text: "Plan" },
    from: { name: "Ada", address: "ada@example.org" },
    to: [],
    createdAt: "2026-11-23T10:00:00Z",
    attachments: [],
    ...extra,
  };
}

test("Z2, M1: whatever the network does, the exact bytes arrive and no chunk is sealed twice", async () => {
  const fault = fc.constantFrom(...FAULTS);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 1_400_000 }), { minLength: 1, maxLength: 4 }),
      fc.array(fault, { minLength: 1, maxLength: 40 }),
      fc.constantFrom(1, 2, 3, 5),
      async (sizes, faults, parallel) => {
        let turn = 0;
        // Every plan ends well, or no upload could.
        const server = createFaultServer(() => (turn < faults.length ? (faults[turn++] as Fault) : "none"));
        const { upload, contentKey } = setUp(server, { parallel, partBytes: 512 * KIB });
        const files = sizes.map((size, index) => pattern(size, index + 1));
        const tasks = files.map((bytes, index) => upload.add(fileOf(bytes, `file-${index}`)));
        const done = await Promise.all(tasks.map((task) => task.done));
        assertNothingSealedTwice(server);
        assert.ok(server.mostAtOnce() <= parallel, `${server.mostAtOnce()} in flight`);
        for (const [index, { parts, attachment }] of done.entries()) {
          const bytes = files[index] as Uint8Array;
          assert.deepEqual(await opened(server, contentKey, attachment.parts), Buffer.from(bytes));
          assert.equal(attachment.sha256, await digestOf(bytes));
          for (const part of parts) {
            const sealed = server.part(part.part);
            assert.deepEqual(
              { ...part, chunks: 0 },
              { ...part, chunks: 0, sizeBytes: sealed.length, sha256: await digestOf(sealed) },
            );
          }
        }
        const numbers = upload.parts().map(({ part }) => part);
        assert.deepEqual(
          numbers,
          [...new Set(done.flatMap(({ attachment }) => attachment.parts))].sort((a, b) => a - b),
        );
      },
    ),
    { numRuns: 40 },
  );
});

test("Z2, M1: pausing and resuming at any moment sends the sealed chunks again as they were", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(30), { minLength: 1, maxLength: 12 }),
      fc.array(fc.constantFrom(...FAULTS), { maxLength: 10 }),
      async (pauses, faults) => {
        let turn = 0;
        const server = createFaultServer(() => (turn < faults.length ? (faults[turn++] as Fault) : "none"));
        const { upload, contentKey } = setUp(server, { parallel: 2, partBytes: 1024 * KIB });
        const bytes = [pattern(2_300_000, 3), pattern(900_000, 4)] as const;
        const tasks = bytes.map((content) => upload.add(fileOf(content)));
        for (const [index, ticks] of pauses.entries()) {
          const task = tasks[index % 2];
          for (let i = 0; i < ticks; i++) await waitShortly(0);
          task?.pause();
          for (let i = 0; i < 5; i++) await waitShortly(0);
          task?.resume();
        }
        const done = await Promise.all(tasks.map((task) => task.done));
        assertNothingSealedTwice(server);
        for (const [index, { attachment }] of done.entries()) {
          assert.deepEqual(await opened(server, contentKey, attachment.parts), Buffer.from(bytes[index] as Uint8Array));
        }
      },
    ),
    { numRuns: 25 },
  );
});

test("M1: a paused file sends nothing, others go on, states and progress tell it", async () => {
  const server = createFaultServer();
  const { upload } = setUp(server, { parallel: 1 });
  const states: UploadState[] = [];
  const progress: number[] = [];
  const held = upload.add(fileOf(pattern(900_000)), {
    onState: (state) => void states.push(state),
    onProgress: ({ doneBytes }) => void progress.push(doneBytes),
  });
  held.pause();
  await upload.add(fileOf(pattern(700_000, 2))).done;
  assert.equal(held.state, "paused");
  assert.equal(server.partNumbers().length, 1);
  held.resume();
  await held.done;
  assert.deepEqual(states, ["paused", "running", "done"]);
  assert.equal(held.progress.doneBytes, 900_000);
  assert.equal(progress.at(-1), 900_000);
});

test("M1: pausing breaks off what is on its way, and resuming sends it again", async () => {
  const server = createFaultServer();
  let open = 0;
  let hangs = true;
  const hanging: typeof fetch = (url, init) => {
    if (init?.method !== "PUT" || !hangs) return server.fetch(url, init);
    open += 1;
    return new Promise((_resolve, reject) => {
      init.signal?.addEventListener("abort", () => {
        open -= 1;
        reject(new DOMException("aborted", "AbortError"));
      });
    });
  };
  const { upload } = setUp({ ...server, fetch: hanging });
  const task = upload.add(fileOf(pattern(1_000_000)));
  while (open < 3) await waitShortly(0);
  task.pause();
  while (open > 0) await waitShortly(0);
  assert.equal(task.state, "paused");
  hangs = false;
  task.resume();
  await task.done;
});

test("M1: cancelling removes what was sent, before and after the end", async () => {
  const server = createFaultServer();
  const { upload } = setUp(server);
  const early = upload.add(fileOf(pattern(3_000_000)));
  while (server.bodies.size < 2) await waitShortly(0);
  early.cancel();
  await assert.rejects(early.done, { code: "cancelled" });
  assert.equal(early.state, "cancelled");
  const late = upload.add(fileOf(pattern(10)));
  const { attachment } = await late.done;
  assert.ok(!attachment.parts.includes(1), "a part number was used again");
  late.cancel();
  while (server.partNumbers().length > 0) await waitShortly(0);
  assert.deepEqual(upload.parts(), []);
});

test("M1: a file that grew, shrank or was touched while being read is refused and leaves nothing behind", async () => {
  const bytes = pattern(600_000);
  const cases: readonly UploadFile[] = [
    { ...fileOf(bytes), sizeBytes: 600_001 },
    { ...fileOf(bytes), sizeBytes: 599_999 },
    { ...fileOf(bytes), changed: async () => true },
  ];
  for (const file of cases) {
    const server = createFaultServer();
    const { upload } = setUp(server);
    const task = upload.add(file);
    await assert.rejects(task.done, (error: unknown) => {
      return error instanceof PliError && error.code === "conflict" && error.details.state === "file_changed";
    });
    assert.equal(task.state, "failed");
    assert.deepEqual(server.partNumbers(), []);
    assert.deepEqual(upload.parts(), []);
  }
});

test("M1: a refusal of the server ends the file at once; patience ends a network that stays away", async () => {
  const refusing = createFaultServer();
  const full: typeof fetch = async (url, init) =>
    init?.method === "PUT"
      ? new Response('{"code":"storage_full"}', {
          status: 507,
          headers: { "content-type": "application/problem+json" },
        })
      : refusing.fetch(url, init);
  const first = setUp({ ...refusing, fetch: full });
  await assert.rejects(first.upload.add(fileOf(pattern(500_000))).done, { code: "storage_full" });

  const away = setUp(
    createFaultServer(() => "lost"),
    { patienceMs: 0 },
  );
  await assert.rejects(away.upload.add(fileOf(pattern(500_000))).done, { code: "network" });
});

test("M1: a session that ended is waited for when the page asks so", async () => {
  const server = createFaultServer();
  let refusals = 3;
  const signedOut: typeof fetch = async (url, init) =>
    init?.method === "PUT" && refusals-- > 0
      ? new Response('{"code":"not_signed_in"}', {
          status: 401,
          headers: { "content-type": "application/problem+json" },
        })
      : server.fetch(url, init);
  const { upload } = setUp({ ...server, fetch: signedOut }, { waitsFor: ({ code }) => code === "not_signed_in" });
  const task = upload.add(fileOf(pattern(500_000)));
  await task.done;
  assert.equal(task.state, "done");
});

test("Z3: the manifest is part 0, refused while files are on their way, replaced when sent again", async () => {
  const server = createFaultServer();
  const { upload, contentKey } = setUp(server);
  const task = upload.add(fileOf(pattern(2_000_000)));
  await assert.rejects(upload.finish(manifest()), { code: "conflict" });
  await task.done;
  const first = await upload.finish(manifest({ subject: "First" }));
  const second = await upload.finish(manifest({ subject: "Second" }));
  assert.notEqual(first.sha256, second.sha256);
  assert.equal(second.sha256, await digestOf(server.part(0)));
  const read = decodeManifest(await openBytes(nodeCrypto, { contentKey, part: 0 }, server.part(0)));
  assert.equal(read.subject, "Second");
});

test("Z2: after a restart part numbers go on, and earlier parts stay", async () => {
  const server = createFaultServer();
  const before = setUp(server);
  const { parts } = await before.upload.add(fileOf(pattern(100))).done;
  const after = setUp(server, { contentKey: before.contentKey, earlierParts: parts, firstPart: 7 });
  assert.deepEqual((await after.upload.add(fileOf(pattern(50))).done).attachment.parts, [7]);
  assert.deepEqual(
    after.upload.parts().map(({ part }) => part),
    [1, 7],
  );
  assert.equal(after.upload.nextPart, 8);
});
