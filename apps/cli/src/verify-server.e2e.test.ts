/** `pli verify-server` against a real server, as it is and as somebody could have changed it on the way. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import type { ReleaseList, ServerReport } from "@pli/client/verify-server";
import { freePort, runCli, startServer, temporaryFolder } from "../../../e2e/harness.ts";
import { buildWeb } from "../../../tools/build.ts";
import { ROOT } from "../../../tools/repository.ts";
import { type Answer, startTamperingProxy } from "./testing/tampering-proxy.ts";

await buildWeb();
const LIST_FILE = join(ROOT, "apps/web/dist/release-hashes.json");
const list = JSON.parse(await readFile(LIST_FILE, "utf8")) as ReleaseList;
const server = await startServer({ after });
const home = await temporaryFolder({ after });

const verify = (...args: readonly string[]) => runCli(["verify-server", ...args], { home });

async function verifyChanged(t: { after(end: () => unknown): void }, change: (path: string, answer: Answer) => void) {
  const scope = { after: (end: () => Promise<void> | void) => t.after(end) };
  const proxy = await startTamperingProxy(scope, server.origin, change);
  const run = await verify(proxy.origin, "--json");
  const lines = run.stdout.trim().split("\n");
  assert.equal(lines.length, 1);
  return { ...run, proxy, report: JSON.parse(lines[0] ?? "") as ServerReport & { error?: { code: string } } };
}

const script = list.files.find(({ path }) => /^\/assets\/open-worker-/.test(path))?.path ?? "";
const OPEN = /^\/o\//;

test("Q9: an untouched server passes, with 0", async () => {
  assert.ok(list.files.length > 100 && script !== "");
  const plain = await verify(server.origin);
  assert.equal(plain.status, 0, plain.stdout + plain.stderr);
  assert.match(plain.stdout, new RegExp(`served exactly release ${list.version}: ${list.files.length} files`));
  assert.match(plain.stderr, /something else to others/);
  const json = await verify(server.origin, "--hashes", LIST_FILE, "--json");
  const report = JSON.parse(json.stdout) as ServerReport;
  assert.deepEqual([json.status, report.faults, report.compared], [0, [], list.files.length]);
});

test("Q9: one flipped byte in one script is refused by its name, with 6", async (t) => {
  const flipped = await verifyChanged(t, (path, answer) => {
    if (path === script) answer.body = flipByte(answer.body);
  });
  assert.equal(flipped.status, 6);
  assert.equal(flipped.report.error?.code, "integrity");
  assert.deepEqual(flipped.report.faults, [{ path: script, kind: "changed", detail: "" }]);
  const { stdout, stderr } = await verify(flipped.proxy.origin);
  assert.ok(stdout.includes(`${script}: its content is not that of the release`));
  assert.match(stderr, /1 of \d+ files differs/);
});

function flipByte(body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  return bytes;
}

const CHANGES: readonly {
  readonly title: string;
  readonly change: (path: string, answer: Answer) => void;
  readonly faults: readonly (readonly [path: string, kind: string, detail: string])[];
}[] = [
  {
    title: "a script from elsewhere in the page of links",
    change: (path, answer) => {
      if (OPEN.test(path)) answer.body = edit(answer.body, "<script src=https://evil.example/x.js></script></head>");
    },
    faults: [
      ["/o/*", "changed", ""],
      ["/o/*", "foreign", "https://evil.example/x.js"],
    ],
  },
  {
    title: "an unknown script of the server itself",
    change: (path, answer) => {
      if (OPEN.test(path)) answer.body = edit(answer.body, '<script src="/assets/more.js"></script></head>');
    },
    faults: [
      ["/o/*", "changed", ""],
      ["/o/*", "unknown", "/assets/more.js"],
    ],
  },
  {
    title: "a script written into the sign-in page alone",
    change: (path, answer) => {
      if (path === "/app/sign-in") answer.body = edit(answer.body, "<script>steal()</script></head>");
    },
    faults: [
      ["/app/sign-in", "changed", ""],
      ["/app/sign-in", "inline_script", "steal()"],
    ],
  },
  {
    title: "a policy that lets scripts in from elsewhere",
    change: (path, { headers }) => {
      const policy = headers.get("content-security-policy") ?? "";
      if (path === "/") headers.set("content-security-policy", policy.replace("script-src", "script-src https:"));
    },
    faults: [["/", "policy_weaker", "script-src https:"]],
  },
  {
    title: "a worker that comes without the policy",
    change: (path, { headers }) => {
      if (path === script) headers.delete("content-security-policy");
    },
    faults: [[script, "policy_missing", ""]],
  },
  {
    title: "a script that is sent as a page",
    change: (path, { headers }) => {
      if (path === script) headers.set("content-type", "text/html");
    },
    faults: [[script, "wrong_type", "text/html"]],
  },
  {
    title: "a page that leads away",
    change: (path, { headers }) => {
      if (path === "/app") headers.set("refresh", "0; url=https://evil.example/");
    },
    faults: [["/app", "redirected", "0; url=https://evil.example/"]],
  },
  {
    title: "a redirect instead of a script",
    change: (path, answer) => {
      if (path !== script) return;
      answer.status = 302;
      answer.headers.set("location", "https://evil.example/w.js");
    },
    faults: [[script, "redirected", "https://evil.example/w.js"]],
  },
  {
    title: "a script that is not there",
    change: (path, answer) => {
      if (path === script) answer.status = 404;
    },
    faults: [[script, "missing", "404"]],
  },
];

function edit(body: string | Buffer, head: string): string {
  return String(body).replace("</head>", head);
}

for (const { title, change, faults } of CHANGES) {
  test(`Q9: refused, with the name: ${title}`, async (t) => {
    const { status, report } = await verifyChanged(t, change);
    assert.equal(status, 6);
    assert.deepEqual(
      report.faults.map(({ path, kind, detail }) => [path, kind, detail]),
      faults,
    );
  });
}

test("Q9: compressed on the way is the same file; what only claims to be compressed, or swells, is not", async (t) => {
  const encodings = [
    ["br", brotliCompressSync],
    ["zstd", zstdCompressSync],
    ["gzip", gzipSync],
    ["deflate", deflateSync],
  ] as const;
  let asked = 0;
  const through = await verifyChanged(t, (_path, answer) => {
    const [name, compress] = encodings[asked++ % encodings.length] ?? encodings[0];
    answer.body = compress(answer.body);
    answer.headers.set("content-encoding", name);
  });
  assert.equal(through.status, 0, through.stdout);
  const [style] = list.files.filter(({ path }) => /^\/assets\/open-.*\.css$/.test(path));
  assert.ok(style);
  const swollen = await verifyChanged(t, (path, answer) => {
    if (path === style.path) answer.body = gzipSync(Buffer.concat([Buffer.from(answer.body), Buffer.alloc(64 << 20)]));
    if (path === style.path || path === script) answer.headers.set("content-encoding", "gzip");
  });
  assert.deepEqual([swollen.status, swollen.report.faults.map(({ path }) => path)], [6, [style.path, script].sort()]);
});

test("Q9: a bucket that the operator names is no fault, and only that", async (t) => {
  const { proxy, report, status } = await verifyChanged(t, (_path, { headers }) => {
    const policy = headers.get("content-security-policy")?.replace("connect-src", "connect-src https://bucket.example");
    if (policy !== undefined) headers.set("content-security-policy", policy);
  });
  assert.equal(status, 6);
  assert.deepEqual([...new Set(report.faults.map(({ detail }) => detail))], ["connect-src https://bucket.example"]);
  assert.equal((await verify(proxy.origin, "--storage", "https://other.example")).status, 6);
  const named = await verify(proxy.origin, "--storage", "https://bucket.example");
  assert.equal(named.status, 0, named.stdout + named.stderr);
});

test("Q9: the check looks like an ordinary visit, and never asks twice for the same link", async (t) => {
  const { status, proxy } = await verifyChanged(t, () => undefined);
  assert.equal(status, 0);
  const links = proxy.asked.filter(({ path }) => OPEN.test(path)).map(({ path }) => path);
  const again = await verify(proxy.origin);
  assert.equal(again.status, 0);
  const later = proxy.asked.filter(({ path }) => OPEN.test(path)).map(({ path }) => path);
  assert.equal(new Set(later).size, later.length);
  for (const link of links) assert.match(link, /^\/o\/[\w-]{22}$/);
  for (const { headers } of proxy.asked) {
    assert.match(headers["user-agent"] ?? "", /^Mozilla\/5\.0 .*Firefox/);
    assert.doesNotMatch(JSON.stringify(headers), /\bpli\b|node|undici|verif/i);
    assert.equal(headers.cookie, undefined);
  }
  const page = proxy.asked.find(({ path }) => path === "/app");
  assert.equal(page?.headers["sec-fetch-mode"], "navigate");
});

test("Q9, C3: no server gives 5, a list that is none gives 2", async () => {
  assert.equal((await verify(`http://localhost:${await freePort()}`)).status, 5);
  const none = join(home, "none.json");
  for (const text of ["", "{}", JSON.stringify({ ...list, files: [] }), JSON.stringify({ ...list, files: [{}] })]) {
    await writeFile(none, text);
    const { status, stderr } = await verify(server.origin, "--hashes", none);
    assert.equal(status, 2, text.slice(0, 50));
    assert.match(stderr, /is not the list of a release/);
  }
  await writeFile(none, JSON.stringify({ ...list, format: "pli-release-hashes/2" }));
  assert.equal((await verify(server.origin, "--hashes", none)).status, 3);
  assert.equal((await verify(server.origin, "--hashes", join(home, "missing"))).status, 2);
  assert.equal((await verify("http://")).status, 2);
});
