/** A blind fence reports green: for each rule a forbidden import is planted, and must be found; the allowed one beside it must not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { buildImportGraph } from "./import-graph.ts";
import { IMPORT_RULES } from "./import-rules.ts";

const WORKSPACES = {
  "packages/core/package.json": {
    name: "@pli/core",
    exports: {
      "./sealing": "./src/sealing/index.ts",
      "./errors": "./src/errors.ts",
      "./crypto-node": "./src/crypto-node.ts",
    },
    dependencies: { "@hpke/core": "1" },
  },
  "packages/client/package.json": {
    name: "@pli/client",
    exports: { ".": "./src/index.ts", "./node": "./src/node/index.ts" },
    dependencies: { "@pli/core": "1" },
  },
  "packages/texts/package.json": { name: "@pli/texts", exports: { "./mail": "./src/mail/index.ts" }, dependencies: {} },
  "apps/server/package.json": {
    name: "@pli/server",
    dependencies: { "@pli/core": "1", "@pli/client": "1", kysely: "1", hono: "1", nodemailer: "1" },
  },
  "apps/web/package.json": {
    name: "@pli/web",
    dependencies: { "@pli/core": "1", "@pli/client": "1", "@pli/texts": "1", "squire-rte": "1", preact: "1" },
  },
};
const FILES = {
  "packages/core/src/errors.ts": "",
  "packages/core/src/crypto-node.ts": 'import "node:crypto";',
  "packages/core/src/sealing/index.ts": 'export * from "./hpke.ts";',
  "packages/core/src/sealing/hpke.ts": 'export const load = () => import("./suite.ts");',
  "packages/core/src/sealing/suite.ts": 'import "@hpke/core";',
  "packages/client/src/index.ts": 'import "@pli/core/sealing";',
  "packages/client/src/node/index.ts": 'import "node:fs"; import "@pli/core/crypto-node";',
  "packages/texts/src/mail/index.ts": "",
  "apps/server/src/main.ts": 'import "@pli/core/errors"; import "./features/grants/index.ts";',
  "apps/server/src/features/grants/index.ts": 'import "./grants.queries.ts";',
  "apps/server/src/features/grants/grants.queries.ts": 'import "kysely";',
  "apps/server/src/features/grants/open-grant.test.ts": 'import "@pli/core/sealing"; import "./grants.queries.ts";',
  "apps/server/src/features/journal/index.ts": 'import "../grants/index.ts"; import type { Stats } from "node:fs";',
  "apps/server/src/platform/database/sqlite.ts": 'import "node:sqlite"; import "kysely";',
  "apps/server/src/platform/database/migrations/0001_a.ts": 'import "kysely";',
  "apps/web/src/open/main.tsx": 'import "@pli/core/sealing"; const later = () => import("./reply.ts"); <b/>;',
  "apps/web/src/open/reply.ts": 'import "squire-rte";',
  "apps/web/src/app/main.tsx": 'import "../kit/icon.ts";',
  "apps/web/src/kit/icon.ts": 'import "preact";',
};

/** Rule → file that breaks it → what is planted at its end. */
const PLANTS: Readonly<Record<string, readonly (readonly [file: string, planted: string])[]>> = {
  rings: [
    ["packages/core/src/errors.ts", 'import "@pli/client";'],
    ["packages/texts/src/mail/index.ts", 'import "@pli/client";'],
    ["apps/server/src/main.ts", 'import "@pli/client";'],
  ],
  exports: [["apps/web/src/app/main.tsx", 'import "@pli/core/sealing/suite.ts";']],
  crossing: [["apps/web/src/app/main.tsx", 'import "../../../../packages/core/src/errors.ts";']],
  "tests-stay-out": [["apps/server/src/features/grants/index.ts", 'export * from "./open-grant.test.ts";']],
  "declared-dependencies": [["apps/server/src/main.ts", 'import "left-pad";']],
  "core-is-pure": [["packages/core/src/errors.ts", 'import { randomBytes } from "node:crypto";']],
  "client-is-isomorphic": [
    ["packages/client/src/index.ts", 'import "node:fs";'],
    ["packages/client/src/index.ts", 'export * from "./node/index.ts";'],
  ],
  "texts-are-plain": [["packages/texts/src/mail/index.ts", 'import "node:fs";']],
  "server-is-blind": [
    ["apps/server/src/features/grants/index.ts", 'import { openBytes } from "@pli/core/sealing";'],
    ["apps/server/src/features/grants/index.ts", 'const open = () => import("@pli/core/sealing");'],
    ["packages/core/src/errors.ts", 'export * from "./sealing/index.ts";'],
  ],
  "sql-in-queries": [["apps/server/src/features/grants/index.ts", 'import { sql } from "kysely";']],
  "one-engine-door": [["apps/server/src/features/grants/grants.queries.ts", 'import "node:sqlite";']],
  "migrations-stand-alone": [
    ["apps/server/src/platform/database/migrations/0001_a.ts", 'import "../../../features/grants/index.ts";'],
  ],
  "routes-without-sql": [["apps/server/src/features/grants/grants.routes.ts", 'import "./grants.queries.ts";']],
  "no-http-below": [["apps/server/src/features/grants/grants.queries.ts", 'import "hono";']],
  "features-by-index": [["apps/server/src/features/journal/index.ts", 'import "../grants/grants.queries.ts";']],
  "platform-is-below": [["apps/server/src/platform/database/sqlite.ts", 'import "../../features/grants/index.ts";']],
  "disk-in-platform": [["apps/server/src/features/grants/index.ts", 'import { readFile } from "node:fs/promises";']],
  "recipients-and-members-apart": [
    ["apps/web/src/open/main.tsx", 'import "../app/main.tsx";'],
    ["apps/web/src/kit/icon.ts", 'import "../open/reply.ts";'],
  ],
  "small-recipient-page": [
    ["apps/web/src/open/main.tsx", 'import "./reply.ts";'],
    ["packages/core/src/sealing/index.ts", 'export * from "./suite.ts";'],
  ],
  "web-has-no-node": [["apps/web/src/app/main.tsx", 'import "@pli/client/node";']],
};

function sourcesWith(file?: string, planted = ""): Map<string, string> {
  const sources = new Map<string, string>(Object.entries(FILES));
  for (const [path, content] of Object.entries(WORKSPACES)) sources.set(path, JSON.stringify(content));
  if (file !== undefined) sources.set(file, `${sources.get(file) ?? ""}\n${planted}`);
  return sources;
}

test("fences: a tree that keeps every rule is green", () => {
  const graph = buildImportGraph(sourcesWith());
  assert.deepEqual(
    IMPORT_RULES.flatMap((rule) => rule.check(graph)),
    [],
  );
});

for (const rule of IMPORT_RULES) {
  test(`fences: ${rule.name} finds a planted import`, () => {
    const plants = PLANTS[rule.name] ?? [];
    assert.notEqual(plants.length, 0, "every rule has its plant");
    for (const [file, planted] of plants) {
      const found = rule.check(buildImportGraph(sourcesWith(file, planted)));
      assert.equal(found.length, 1, `${file}: ${planted} → ${found.join(", ") || "not seen"}`);
    }
  });
}
