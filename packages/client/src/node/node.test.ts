/** Files of a disk: names from strangers, provisional files, resuming, sources that change, cookies between runs. */
import assert from "node:assert/strict";
import { link, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { type TestContext, test } from "node:test";
import { nodeCrypto } from "@pli/core/crypto-node";
import { newContentKey } from "@pli/core/sealing";
import fc from "fast-check";
import { createFaultServer, pattern, waitShortly } from "../testing/fault-server.ts";
import { createTransport } from "../transport.ts";
import { createUpload } from "../upload.ts";
import {
  createCookieJar,
  fileSources,
  giveName,
  type NamesTaken,
  openPartial,
  partialName,
  type StoredCookie,
  safeFileName,
  safeRelativePath,
  saveAttachment,
} from "./index.ts";

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pli-node-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test("Z2: no name from a stranger leaves the folder, hides, or shows as something else", () => {
  const nasty = fc.array(
    fc.constantFrom(
      "..",
      ".",
      "/",
      "\\",
      "\0",
      "\u202e",
      "CON",
      "nul",
      ":",
      " ",
      ".",
      "a",
      "é",
      "📎",
      "\ud800",
      "-",
      "\n",
      "txt",
    ),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        nasty.map((pieces) => pieces.join("")),
      ),
      (name) => {
        const segments = safeRelativePath(name);
        const path = resolve("/out", ...segments);
        assert.ok(path.startsWith(`/out${sep}`), path);
        assert.equal(path, ["/out", ...segments].join(sep));
        for (const segment of segments) {
          assert.equal(safeFileName(segment), segment, "not stable");
          assert.doesNotMatch(segment, /^[.-]|[. ]$|[\p{Cc}\u202a-\u202e\u2066-\u2069<>:"|?*\\/]/u);
          assert.doesNotMatch(segment, /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
          assert.ok(Buffer.byteLength(segment) <= 202);
        }
      },
    ),
  );
  assert.equal(safeFileName("Bilan été 2026.pdf"), "Bilan été 2026.pdf");
  assert.equal(safeFileName("CON ..é"), "_CON.é", "what is left after cutting is reserved, too");
  assert.equal(safeFileName("invoice\u202efdp.exe"), "invoicefdp.exe");
  for (const blank of ["\u2800", "\u00a0", "\u3000"])
    assert.equal(
      safeFileName(`invoice.pdf${blank.repeat(40)}.exe`),
      "invoice.pdf.exe",
      "an ending that is pushed out of sight",
    );
  assert.equal(safeFileName("a\u3164b\u115fc\u00add\u180e.pdf"), "abcd.pdf", "fillers are drawn as nothing");
  assert.equal(safeFileName("نامه\u200cها ✉\ufe0f.pdf"), "نامه\u200cها ✉\ufe0f.pdf", "joiners belong to their script");
  assert.deepEqual(safeRelativePath("../../.ssh/authorized_keys"), ["_.ssh", "authorized_keys"]);
  assert.match(safeFileName(`${"é".repeat(300)}.pdf`), /^é+\.pdf$/);
});

test("Z2: a file gets its own name only when finished, and never over another", async (t) => {
  const folder = await folderFor(t);
  const names: string[] = [];
  for (const content of ["one", "two", "three"]) {
    const partial = await openPartial(folder, content, 100);
    await partial.write(Buffer.from(content));
    assert.deepEqual((await readdir(folder)).filter((name) => !name.startsWith(".")).length, names.length);
    await partial.finish();
    names.push(await giveName(partial.path, folder, "plan.pdf"));
  }
  assert.deepEqual(
    names.map((name) => name.slice(folder.length + 1)),
    ["plan.pdf", "plan (2).pdf", "plan (3).pdf"],
  );
  assert.equal(await readFile(join(folder, "plan (2).pdf"), "utf8"), "two");
  assert.equal((await stat(join(folder, "plan.pdf"))).mode & 0o777, 0o600);
  assert.equal((await readdir(folder)).length, 3);
});

test("Z2: a link laid where the provisional file goes is not followed", async (t) => {
  const folder = await folderFor(t);
  const victim = join(folder, "victim");
  await writeFile(victim, "kept");
  await symlink(victim, join(folder, partialName("x")));
  const partial = await openPartial(folder, "x", 100);
  await partial.write(Buffer.from("secret"));
  await partial.finish();
  assert.equal(await readFile(victim, "utf8"), "kept");
});

test("Z2: a file that has another name too is not written to, in the place of the provisional file", async (t) => {
  const folder = await folderFor(t);
  const victim = join(folder, "victim");
  await writeFile(victim, "kept");
  await link(victim, join(folder, partialName("x")));
  // As for the text of a message, which is always begun anew.
  const partial = await openPartial(folder, "x", 0);
  await partial.write(Buffer.from("secret"));
  await partial.finish();
  assert.equal(await readFile(victim, "utf8"), "kept");
  assert.equal(await readFile(partial.path, "utf8"), "secret");
  assert.equal((await stat(partial.path)).mode & 0o777, 0o600);
});

test("Z2: folders in names lead through no link, and a file in the place of one is no dead end", async (t) => {
  const folder = await folderFor(t);
  const outside = await folderFor(t);
  const named = async (name: string, taken: NamesTaken = new Map()) => {
    const partial = await openPartial(folder, name, 100);
    await partial.write(Buffer.from(name));
    await partial.finish();
    return (await giveName(partial.path, folder, name, taken)).slice(folder.length + 1);
  };
  await symlink(outside, join(folder, "work"));
  await mkdir(join(folder, "here"));
  await writeFile(join(folder, "a"), "kept");
  assert.equal(await named("work/plan.pdf"), join("work (2)", "plan.pdf"));
  assert.deepEqual(await readdir(outside), []);
  assert.equal(await named("here/plan.pdf"), join("here", "plan.pdf"));
  assert.equal(await named("a/b/plan.pdf"), join("a (2)", "b", "plan.pdf"));
  assert.equal(await named("a/b/other.pdf"), join("a (2)", "b", "other.pdf"));
  assert.equal(await readFile(join(folder, "a"), "utf8"), "kept");
});

test("Z2: files of one name are numbered on from the last one, not tried from the first", async (t) => {
  const folder = await folderFor(t);
  const taken: NamesTaken = new Map();
  const named = async (name: string) => {
    await writeFile(join(folder, ".part"), "");
    return (await giveName(join(folder, ".part"), folder, name, taken)).slice(folder.length + 1);
  };
  for (const name of ["plan.pdf", "plan (2).pdf", "plan (3).pdf"]) assert.equal(await named("plan.pdf"), name);
  assert.deepEqual([...taken], [[join(folder, "plan.pdf").toLowerCase(), 4]]);
  taken.set(join(folder, "plan.pdf").toLowerCase(), 20_000);
  assert.equal(await named("plan.pdf"), "plan (20000).pdf");
});

/** An attachment on a server, from a file on the disk. */
async function sent(folder: string, bytes: Uint8Array) {
  const server = createFaultServer();
  const contentKey = newContentKey(nodeCrypto);
  const transport = createTransport({ origin: "https://pli.example", fetch: server.fetch, wait: waitShortly });
  const upload = createUpload(transport, nodeCrypto, { envelopeId: "e", contentKey, chunkBytes: 256 * 1024 });
  await writeFile(join(folder, "source.bin"), bytes);
  const [file] = await fileSources(join(folder, "source.bin"));
  assert.ok(file);
  const { parts, attachment } = await upload.add(file).done;
  return { server, transport, options: { source: { grantId: "g" }, contentKey, attachment, parts, identity: "e" } };
}

test("Z2, M14: an interrupted download goes on where it stopped; what is torn is begun anew", async (t) => {
  const folder = await folderFor(t);
  const bytes = pattern(1_300_000);
  const { server, transport, options } = await sent(folder, bytes);
  const out = join(folder, "out");
  const controller = new AbortController();
  const interrupted = saveAttachment(transport, nodeCrypto, {
    ...options,
    folder: out,
    signal: controller.signal,
    onProgress: (done) => done > 600_000 && controller.abort(),
  });
  await assert.rejects(interrupted, { code: "cancelled" });
  const [left] = await readdir(out);
  const kept = (await stat(join(out, left as string))).size;
  assert.ok(kept > 500_000 && kept < bytes.length, `${kept}`);
  const progress: number[] = [];
  const saved = () =>
    saveAttachment(transport, nodeCrypto, { ...options, folder: out, onProgress: (done) => void progress.push(done) });
  assert.deepEqual(await readFile(await saved()), Buffer.from(bytes));
  assert.ok((progress[0] as number) > kept, "began anew");

  await writeFile(join(out, left as string), Buffer.alloc(700_000));
  assert.deepEqual(await readFile(await saved()), Buffer.from(bytes));
  const asked = server.requests.length;
  assert.deepEqual(await readFile(await saved()), Buffer.from(bytes));
  assert.equal(server.requests.length, asked, "what is complete was fetched again");
});

test("Z2: content that was changed is thrown away", async (t) => {
  const folder = await folderFor(t);
  const { transport, options } = await sent(folder, pattern(5000));
  const out = join(folder, "out");
  const attachment = { ...options.attachment, sha256: `${"B".repeat(42)}A` };
  await assert.rejects(saveAttachment(transport, nodeCrypto, { ...options, attachment, folder: out }), {
    code: "integrity",
  });
  assert.deepEqual(await readdir(out), []);
});

test("M1: a folder is sent with its structure; a file touched meanwhile is noticed", async (t) => {
  const folder = await folderFor(t);
  await writeFile(join(folder, "b.txt"), "b");
  await mkdir(join(folder, "sub"));
  await writeFile(join(folder, "sub", "a.pdf"), "a");
  const files = await fileSources(folder);
  const base = folder.slice(folder.lastIndexOf(sep) + 1);
  assert.deepEqual(
    files.map(({ name, mediaType, sizeBytes }) => [name, mediaType, sizeBytes]),
    [
      [`${base}/b.txt`, "text/plain", 1],
      [`${base}/sub/a.pdf`, "application/pdf", 1],
    ],
  );
  assert.equal(await files[0]?.changed?.(), false);
  await utimes(join(folder, "b.txt"), 1, 1);
  assert.equal(await files[0]?.changed?.(), true);
  await assert.rejects(fileSources(join(folder, "none")), { code: "bad_input" });
});

test("M13: cookies hold between runs until they expire", () => {
  let nowMs = 1_000_000;
  let stored: readonly StoredCookie[] = [];
  const jar = createCookieJar(
    [],
    (cookies) => {
      stored = cookies;
    },
    () => nowMs,
  );
  assert.equal(jar.header(), undefined);
  jar.take([
    "__Host-pli-device=abc=; Path=/; Secure; HttpOnly; Max-Age=60",
    "other=1; Expires=Thu, 01 Jan 1970 01:00:00 GMT",
    "junk",
  ]);
  assert.equal(createCookieJar(stored, undefined, () => nowMs).header(), "__Host-pli-device=abc=; other=1");
  nowMs += 60_000;
  assert.equal(createCookieJar(stored, undefined, () => nowMs).header(), "other=1");
  jar.take(["other=; Max-Age=0"]);
  assert.equal(jar.header(), undefined);
});
